"""Forms of the register of legal documents and of a unit's citations."""

from django import forms

from core.forms.record import RecordForm
from regulations.models import Citation, LegalDocument


class LegalDocumentForm(RecordForm):
    class Meta:
        model = LegalDocument
        fields = [
            "document_type", "number", "issued_on", "issuer", "title", "key", "amends", "in_force_to", "checked_by",
        ]  # fmt: skip
        widgets = {"title": forms.Textarea(attrs={"rows": 3})}

    def limit_choices(self) -> None:
        self.fields["amends"].queryset = LegalDocument.objects.visible_to(self.user).order_by("-issued_on")
        self.fields["key"].help_text = "Tên ngắn không dấu, dùng trong tệp dữ liệu. Ví dụ: qd1048."


class CitationForm(RecordForm):
    class Meta:
        model = Citation
        fields = [
            "year", "link_word", "date_style", "title", "separator", "in_legal_basis", "sort_order",
            "printed_number", "printed_date", "printed_issuer",
        ]  # fmt: skip
        widgets = {"title": forms.Textarea(attrs={"rows": 3})}
