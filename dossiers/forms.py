"""Forms of evaluation rounds and dossiers."""

from core.forms.record import RecordForm
from dossiers.models import Dossier, Round
from products.models import Product, Recognition
from regulations.models import Regime


class RoundForm(RecordForm):
    class Meta:
        model = Round
        fields = ["year", "number", "name", "regime", "opens_on", "closes_on"]

    def limit_choices(self) -> None:
        self.fields["regime"].queryset = Regime.objects.order_by("-valid_from")


class DossierForm(RecordForm):
    class Meta:
        model = Dossier
        fields = ["round", "case", "filed_on", "note"]

    def limit_choices(self) -> None:
        self.fields["round"].queryset = Round.objects.visible_to(self.user).order_by("-year", "number")
        self.fields["round"].empty_label = "Chọn đợt đánh giá"


class DossierEditForm(RecordForm):
    class Meta:
        model = Dossier
        fields = ["case", "filed_on", "outcome", "recognition", "note"]

    def __init__(self, *args, product: Product, **kwargs) -> None:
        self.product = product
        super().__init__(*args, **kwargs)

    def limit_choices(self) -> None:
        self.fields["recognition"].queryset = Recognition.objects.filter(product=self.product).order_by("-decided_on")
        self.fields["recognition"].empty_label = "Không gắn công nhận"
