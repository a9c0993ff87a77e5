"""Forms of producers."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from communes.models import Level, Unit
from core import clock
from core.forms.record import RecordForm
from producers import queries
from producers.models import Producer


class ProducerForm(RecordForm):
    class Meta:
        model = Producer
        fields = [
            "name", "kind", "commune", "tax_number", "representative", "phone", "address",
            "is_women_led", "is_minority_led",
        ]  # fmt: skip

    def limit_choices(self) -> None:
        communes = Unit.objects.visible_to(self.user).filter(level=Level.COMMUNE)
        standing = communes.on(clock.today()) | communes.filter(pk=self.instance.commune_id)
        self.fields["commune"].queryset = standing.order_by("sort_order", "name_key")
        self.fields["commune"].empty_label = "Chọn xã, thị trấn"


class NewProducerForm(ProducerForm):
    """A new producer; a name close to an existing one is shown and has to be confirmed."""

    is_another = forms.BooleanField(
        label="Đây là chủ thể khác, không phải chủ thể đã có nêu dưới đây", required=False, widget=forms.HiddenInput
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        confirmed = data.pop("is_another", False)
        near = queries.near_names(data.get("name", ""), data.get("commune"))[:5]
        if near:
            self._ask_to_confirm([found.producer for found in near], confirmed=confirmed)
        return data

    def _ask_to_confirm(self, near: list[Producer], *, confirmed: bool) -> None:
        """Show the checkbox with what there is already; everything typed stays."""
        field = self.fields["is_another"]
        field.widget = forms.CheckboxInput()
        links = format_html_join(
            "; ", '<a href="{}">{}</a>', ((reverse("producers:detail", args=[row.pk]), row.name) for row in near)
        )
        self["is_another"].help_text = format_html("Chủ thể đã có trong xã: {}.", links)
        if not confirmed:
            self.add_error(
                "is_another",
                "Xã đã có chủ thể tên gần giống. Mở chủ thể đó để sửa, hoặc đánh dấu “Đây là chủ thể khác” rồi lưu lại.",
            )
