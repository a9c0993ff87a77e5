"""Forms of units and of what they print."""

from django import forms

from communes.models import LetterHead, Office, OfficeDuty, Recipient, Signer, Unit
from core.forms.record import LinesField, RecordForm


class UnitForm(RecordForm):
    class Meta:
        model = Unit
        fields = ["code", "name", "kind", "level", "parent", "valid_from", "valid_to", "sort_order"]

    def limit_choices(self) -> None:
        self.fields["parent"].queryset = Unit.objects.visible_to(self.user).exclude(level="commune")


class SuccessionForm(forms.Form):
    """The unit in which this one goes on."""

    use_required_attribute = False
    successor = forms.ModelChoiceField(
        Unit.objects.none(),
        label="Nhập vào đơn vị",
        help_text="Chọn đơn vị mới. Người của đơn vị mới sẽ xem được dữ liệu của đơn vị này.",
        error_messages={"required": "Chọn đơn vị mới."},
    )

    def __init__(self, *args, user, unit, instance=None, **kwargs) -> None:  # noqa: ARG002 -- given by every form page
        super().__init__(*args, **kwargs)
        others = Unit.objects.visible_to(user).filter(level=unit.level).exclude(pk=unit.pk)
        self.fields["successor"].queryset = others.order_by("-valid_from", "name_key")


class LetterHeadForm(RecordForm):
    issuer_lines = LinesField(
        label="Tên cơ quan ban hành, mỗi dòng in một dòng",
        help_text="Ví dụ: ỦY BAN NHÂN DÂN xuống dòng HUYỆN TÂN HỒNG.",
    )

    class Meta:
        model = LetterHead
        fields = [
            "parent_body", "issuer_lines", "issuer_name", "place", "plan_symbol", "pad_counts", "pad_stars",
            "valid_from", "valid_to",
        ]  # fmt: skip


class OfficeForm(RecordForm):
    class Meta:
        model = Office
        fields = ["name", "short_name", "heading", "is_standing_agency", "sort_order", "valid_from", "valid_to"]


class DutyForm(RecordForm):
    class Meta:
        model = OfficeDuty
        fields = ["text", "style", "sort_order", "valid_from", "valid_to"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}


class SignerForm(RecordForm):
    authority_lines = LinesField(
        label="Quyền hạn, chức vụ khi ký, mỗi dòng in một dòng",
        help_text="Ví dụ: TM. ỦY BAN NHÂN DÂN, KT. CHỦ TỊCH, PHÓ CHỦ TỊCH.",
    )

    class Meta:
        model = Signer
        fields = ["name", "position", "authority_lines", "sort_order", "valid_from", "valid_to"]


class RecipientForm(RecordForm):
    class Meta:
        model = Recipient
        fields = ["text", "is_archive", "sort_order", "valid_from", "valid_to"]
