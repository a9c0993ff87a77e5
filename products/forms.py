"""Forms of products and of their recognitions."""

from typing import Any

from django import forms

from core.forms.fields import DateFormField
from core.forms.record import RecordForm
from products.models import Product, Recognition
from regulations.models import LegalDocument, ProductGroup

_STARS = [("", "Chọn hạng sao"), *((n, f"{n} sao") for n in range(1, 6))]


class ProductForm(RecordForm):
    class Meta:
        model = Product
        fields = ["name", "group", "sort_order"]
        help_texts = {"sort_order": "Để 0 thì xếp theo tên."}

    def limit_choices(self) -> None:
        groups = ProductGroup.objects.order_by("decision", "number")
        self.fields["group"].queryset = groups
        self.fields["group"].label_from_instance = _group_label
        self.fields["group"].empty_label = "Chưa xếp nhóm"


def _group_label(group: ProductGroup) -> str:
    """The groups of several decisions have the same names, so the decision stands beside them."""
    return f"{group.name} ({group.decision}, bộ {group.number})"


class RecognitionForm(RecordForm):
    """What the decision says. Level and end of validity follow from the regime of the day."""

    stars = forms.TypedChoiceField(
        label="Hạng sao", coerce=int, choices=_STARS, error_messages={"required": "Chọn hạng sao."}
    )

    class Meta:
        model = Recognition
        fields = ["stars", "case", "decision", "decided_on", "year"]

    def limit_choices(self) -> None:
        decision = self.fields["decision"]
        decision.queryset = LegalDocument.objects.visible_to(self.user).order_by("-issued_on", "pk")
        decision.empty_label = "Chọn quyết định"
        decision.help_text = "Chưa có trong danh sách thì thêm ở mục Văn bản trước."


class RecognitionEditForm(RecognitionForm):
    class Meta(RecognitionForm.Meta):
        fields = ["stars", "case", "level", "decision", "decided_on", "expires_on", "year"]


class WithdrawForm(forms.Form):
    """The day and the reason of a withdrawal."""

    use_required_attribute = False
    withdrawn_on = DateFormField(label="Ngày thu hồi", error_messages={"required": "Nhập ngày thu hồi."})
    reason = forms.CharField(
        label="Lý do thu hồi",
        max_length=300,
        error_messages={"required": "Nhập lý do thu hồi."},
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, instance: Any = None, **kwargs: Any) -> None:  # noqa: ARG002 -- as a record form
        super().__init__(*args, **kwargs)
