"""Forms of products and of their recognitions."""

from django import forms

from core.forms.fields import DateFormField
from core.forms.record import RecordForm
from products.models import Product, Recognition
from regulations.models import LegalDocument, ProductGroup


class ProductForm(RecordForm):
    class Meta:
        model = Product
        fields = ["name", "group", "sort_order"]

    def limit_choices(self) -> None:
        self.fields["group"].queryset = ProductGroup.objects.order_by("decision", "number")
        self.fields["group"].empty_label = "Chưa xếp nhóm"


class RecognitionForm(RecordForm):
    stars = forms.TypedChoiceField(
        label="Hạng sao", coerce=int, choices=[("", "Chọn hạng sao"), *((n, f"{n} sao") for n in range(1, 6))],
        error_messages={"required": "Chọn hạng sao."},
    )  # fmt: skip

    class Meta:
        model = Recognition
        fields = ["stars", "case", "level", "year", "decision", "decided_on", "expires_on"]

    def limit_choices(self) -> None:
        decisions = LegalDocument.objects.visible_to(self.user).order_by("-issued_on", "pk")
        self.fields["decision"].queryset = decisions
        self.fields["decision"].empty_label = "Chọn quyết định"
        self.fields["decision"].help_text = "Chưa có trong danh sách thì thêm ở mục Văn bản trước."


class WithdrawForm(forms.Form):
    """The day and the reason of a withdrawal."""

    use_required_attribute = False
    withdrawn_on = DateFormField(label="Ngày thu hồi", error_messages={"required": "Nhập ngày thu hồi."})
    reason = forms.CharField(
        label="Lý do thu hồi", max_length=300, error_messages={"required": "Nhập lý do thu hồi."},
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args, instance=None, **kwargs) -> None:  # noqa: ARG002 -- given by every form page
        super().__init__(*args, **kwargs)
