"""Forms of producers."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from communes.models import Level, Unit
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
        self.fields["commune"].queryset = communes.order_by("sort_order", "name_key")
        self.fields["commune"].empty_label = "Chọn xã, thị trấn"


class NewProducerForm(ProducerForm):
    """A new producer; a name close to an existing one is shown and has to be confirmed."""

    is_another = forms.BooleanField(
        label="Đây là chủ thể khác, không phải các chủ thể nêu trên", required=False, widget=forms.HiddenInput
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        near = self._near(data.get("name", ""))
        if near and not data.get("is_another"):
            self._ask_to_confirm(near)
        return data

    def _near(self, name: str) -> list[Producer]:
        return list(queries.similar_producers(name, user=self.user)[:5]) if name else []

    def _ask_to_confirm(self, near: list[Producer]) -> None:
        """Show the checkbox with what there is already; everything typed stays."""
        links = format_html_join(
            ", ",
            '<a href="{}">{}</a> ({})',
            ((reverse("producers:detail", args=[row.pk]), row.name, row.commune.full_name) for row in near),
        )
        self.fields["is_another"].widget = forms.CheckboxInput()
        self.add_error(
            "is_another",
            format_html(
                "Đã có chủ thể tên gần giống: {}. Nếu là một thì mở chủ thể đó để sửa; nếu khác thì đánh dấu vào ô này rồi lưu lại.",
                links,
            ),
        )
