"""Forms of evaluation rounds, dossiers and outcomes."""

from typing import Any

from django import forms

from communes.models import UnitReach
from core.forms.fields import DateFormField
from core.forms.record import RecordForm
from dossiers.models import Dossier, Round
from products.models import Product
from regulations.models import LegalDocument, Regime


class RoundForm(RecordForm):
    class Meta:
        model = Round
        fields = ["year", "number", "name", "regime", "opens_on", "closes_on"]

    def limit_choices(self) -> None:
        self.fields["regime"].queryset = Regime.objects.order_by("-valid_from")
        self.fields["regime"].empty_label = "Chọn chế độ đánh giá"


class EntryForm(RecordForm):
    """A product entered in a round of its commune, its district or its province."""

    class Meta:
        model = Dossier
        fields = ["round", "case", "filed_on", "note"]

    def __init__(self, *args: Any, product: Product, **kwargs: Any) -> None:
        self.product = product
        super().__init__(*args, **kwargs)

    def limit_choices(self) -> None:
        over = UnitReach.objects.filter(unit_id=self.product.commune_id).values("viewer_id")
        rounds = Round.objects.filter(unit_id__in=over).select_related("unit").order_by("-year", "number", "pk")
        self.fields["round"].queryset = rounds
        self.fields["round"].label_from_instance = lambda row: f"{row}, {row.unit.full_name}"
        self.fields["round"].empty_label = "Chọn đợt đánh giá"


class DossierForm(RecordForm):
    """Corrections of a dossier; the outcome has a page of its own."""

    class Meta:
        model = Dossier
        fields = ["case", "filed_on", "note"]


class OutcomeForm(RecordForm):
    """What became of an entry, with the decision where the product was recognised."""

    sometimes_needed = ("stars", "decision", "decided_on")
    stars = forms.TypedChoiceField(
        label="Hạng sao", coerce=int, empty_value=None, required=False,
        choices=[("", "Không được công nhận"), *((n, f"{n} sao") for n in range(1, 6))],
    )  # fmt: skip
    decision = forms.ModelChoiceField(
        LegalDocument.objects.none(), label="Quyết định", required=False, empty_label="Chọn quyết định"
    )
    decided_on = DateFormField(label="Ngày công nhận", required=False)

    class Meta:
        model = Dossier
        fields = ["outcome"]

    field_order = ["outcome", "stars", "decision", "decided_on"]

    def limit_choices(self) -> None:
        self.fields["decision"].queryset = LegalDocument.objects.visible_to(self.user).order_by("-issued_on", "pk")
        self.fields["decided_on"].help_text = "Chỉ nhập hạng sao, quyết định và ngày khi kết quả là được công nhận."

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("outcome") == Dossier.Outcome.RECOGNISED:
            for name, sentence in (
                ("stars", "Chọn hạng sao của sản phẩm được công nhận."),
                ("decision", "Chọn quyết định công nhận."),
                ("decided_on", "Nhập ngày công nhận ghi trên quyết định."),
            ):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
        return data
