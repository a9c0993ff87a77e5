"""Forms of plans, of their parts and of the records behind them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q

from communes.models import Level, Office, Signer, Unit
from core.forms.fields import CountFormField, DecimalFormField, MoneyFormField, YearFormField
from core.forms.record import NOT_REQUIRED, RecordForm
from plans import blocks
from plans.annex_rows import GROUP_KEYS, KNOWN_KEYS
from plans.models import (
    AMOUNT_PREFIX,
    Activity,
    AnnexLayout,
    BudgetLine,
    FundingSource,
    Plan,
    PlanSection,
    PotentialProduct,
    Spending,
    Target,
    amount_label,
    amount_name,
)
from plans.text import TextRefused
from producers.models import Producer
from products.models import Product
from regulations.models import ProductGroup

_STARS = [("", "Chọn hạng sao"), *((str(n), f"{n} sao") for n in range(1, 6))]


class PlainForm(forms.Form):
    """The base of forms that stand for no single row; `user` and `instance` are taken as by a record form."""

    use_required_attribute = False

    def __init__(self, *args: Any, user: Any = None, instance: Any = None, **kwargs: Any) -> None:
        self.user, self.instance = user, instance
        super().__init__(*args, **kwargs)


class ConfirmForm(PlainForm):
    """A page that asks before a row is deleted; there is nothing to fill in."""


class NewPlanForm(PlainForm):
    """The year of a new plan; everything else comes from the last one."""

    year = YearFormField(label="Năm kế hoạch", error_messages={"required": "Nhập năm kế hoạch."})


class ReturnForm(PlainForm):
    """Why a plan is given back."""

    reason = forms.CharField(
        label="Lý do trả lại",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Nhập lý do trả lại để người soạn biết phải sửa gì."},
    )


class PlanForm(RecordForm):
    class Meta:
        model = Plan
        fields = ["title", "document_type", "working_date", "signer", "number", "issued_on"]
        help_texts = {
            "title": "Số liệu viết trong ngoặc nhọn, ví dụ {plan_year} là năm kế hoạch.",
            "number": "Để trống thì in dấu chấm để văn thư ghi số.",
            "issued_on": "Để trống thì in dấu chấm để văn thư ghi ngày.",
            "signer": "Để trống thì lấy người ký của ngày làm việc.",
        }

    def limit_choices(self) -> None:
        self.fields["signer"].queryset = Signer.objects.filter(unit=self.instance.unit).order_by("sort_order", "pk")
        self.fields["signer"].empty_label = "Theo ngày làm việc"


# --- sections


class SectionForm(RecordForm):
    """One section: its heading, its text, and what its computed parts need."""

    commune_frame = forms.CharField(
        label="Mẫu câu của một xã",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Dùng cho khối ::results_by_commune. Viết một lần, in cho từng xã có sản phẩm.",
    )
    activity_kind = forms.ChoiceField(
        label="Hoạt động báo cáo ở mục này",
        required=False,
        choices=[("", "Không báo cáo hoạt động"), *Activity.Kind.choices],
    )
    activity_organiser = forms.CharField(
        label="Chỉ hoạt động do đơn vị này tổ chức", required=False, max_length=200,
        help_text="Ghi đúng như ở trang Hoạt động. Để trống thì lấy mọi đơn vị tổ chức.",
    )  # fmt: skip

    class Meta:
        model = PlanSection
        fields = ["heading", "numbering", "kind", "runs_in", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 14, "spellcheck": "true"})}
        help_texts = {"runs_in": "Câu đầu in cùng dòng với tiêu đề."}

    def __init__(self, *args: Any, instance: PlanSection | None = None, **kwargs: Any) -> None:
        options = (instance.options if instance else None) or {}
        activities = options.get("activities") or {}
        initial = {
            "commune_frame": options.get(blocks.COMMUNE_FRAME, ""),
            "activity_kind": activities.get("kind", ""),
            "activity_organiser": activities.get("organiser", ""),
        }
        super().__init__(*args, instance=instance, initial=initial | kwargs.pop("initial", {}), **kwargs)

    def clean_commune_frame(self) -> str:
        frame: str = self.cleaned_data["commune_frame"].replace("\r\n", "\n")
        try:
            blocks.check_section("", {blocks.COMMUNE_FRAME: frame})
        except TextRefused as refusal:
            raise forms.ValidationError(
                [f"Dòng {problem.line}: {problem.sentence}" for problem in refusal.problems]
            ) from refusal
        return frame


def section_values(data: Mapping[str, Any], options: Mapping[str, Any]) -> dict[str, Any]:
    """What a section form says as the columns of a section; options that the form does not show are kept."""
    own = ("commune_frame", "activity_kind", "activity_organiser")
    values = {name: value for name, value in data.items() if name not in own}
    kept = {name: value for name, value in options.items() if name not in (blocks.COMMUNE_FRAME, "activities")}
    if data["commune_frame"]:
        kept[blocks.COMMUNE_FRAME] = data["commune_frame"]
    activities = {"kind": data["activity_kind"], "organiser": data["activity_organiser"]}
    chosen = {name: value for name, value in activities.items() if value}
    if chosen:
        kept["activities"] = chosen
    return {**values, "options": kept}


class NewSectionForm(SectionForm):
    """A new section: where it stands, and the key by which records are pinned to it."""

    class Meta(SectionForm.Meta):
        fields = ["parent", "key", *SectionForm.Meta.fields]
        help_texts = SectionForm.Meta.help_texts | {
            "key": "Chữ thường không dấu, chữ số và dấu gạch nối, ví dụ ket-qua-khac. Không đổi được về sau.",
        }

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        self.plan = plan
        super().__init__(*args, **kwargs)

    def limit_choices(self) -> None:
        self.fields["parent"].queryset = self.plan.sections.order_by("sort_order", "pk")
        self.fields["parent"].empty_label = "Mục lớn, không thuộc mục nào"


# --- annexes

COLUMN_NAMES = {
    "stt": "Số thứ tự", "product": "Tên sản phẩm", "group": "Nhóm sản phẩm", "producer": "Chủ thể", "entity_type": "Loại hình chủ thể",
    "commune": "Xã, thị trấn", "stars": "Hạng sao", "year": "Năm đánh giá", "decision": "Quyết định công nhận", "kind": "Hình thức",
    "valid_to": "Có giá trị đến", "note": "Ghi chú", "current_stars": "Hạng sao hiện có", "target_stars": "Hạng sao dự kiến",
    "committed": "Dự thi trong năm", "support": "Nội dung cần hỗ trợ", "round": "Đợt đánh giá", "content": "Nội dung chi",
    "unit": "Đơn vị tính", "qty": "Số lượng", "unit_price": "Đơn giá", "total": "Tổng kinh phí", "lead": "Đơn vị chủ trì",
    "time": "Thời gian thực hiện", "commune_producer": "Sản phẩm (dưới xã và chủ thể)", "content_group": "Nội dung lớn",
    **dict(FundingSource.choices),
    **{f"{key}.recurrent": f"{label}: vốn sự nghiệp" for key, label in FundingSource.choices},
    **{f"{key}.capital": f"{label}: vốn đầu tư" for key, label in FundingSource.choices},
}  # fmt: skip
_ORDER = tuple(COLUMN_NAMES)
_GROUP_LEVELS = (1, 2, 3)


class AnnexForm(RecordForm):
    """How one annex looks: its words, its paper, its groups, and each column as a row of small inputs."""

    class Meta:
        model = AnnexLayout
        fields = ["label", "title", "unit_line", "orientation", "in_pdf"]
        help_texts = {"in_pdf": "Biểu vào PDF khi được bật ở đây và lời văn có nhắc đến."}

    def __init__(self, *args: Any, instance: AnnexLayout, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        self.keys = _ordered_keys(instance)
        stored = {str(column["key"]): column for column in instance.columns}
        for level in _GROUP_LEVELS:
            self._add_group(level, instance)
        for place, key in enumerate(self.keys, start=1):
            self._add_column(key, stored.get(key), place)

    def _add_group(self, level: int, annex: AnnexLayout) -> None:
        names = [(key, COLUMN_NAMES[key]) for key in GROUP_KEYS[annex.number]]
        self.fields[f"group_{level}"] = forms.ChoiceField(
            label=f"Nhóm dòng, cấp {level} {NOT_REQUIRED}", required=False, choices=[("", "Không nhóm"), *names],
            initial=annex.group_by[level - 1] if len(annex.group_by) >= level else "",
        )  # fmt: skip

    def _add_column(self, key: str, column: Mapping[str, Any] | None, place: int) -> None:
        name, own = COLUMN_NAMES[key], column or {}
        small = {"class": "form-control form-control-sm"}
        self.fields[f"order-{key}"] = CountFormField(
            label=f"Thứ tự cột {name}", initial=place, widget=forms.TextInput(attrs=small),
            error_messages={"required": f"Nhập thứ tự của cột {name}."},
        )  # fmt: skip
        self.fields[f"label-{key}"] = forms.CharField(
            label=f"Nhãn cột {name}",
            required=False,
            max_length=120,
            initial=own.get("label", ""),
            widget=forms.TextInput(attrs=small),
        )
        self.fields[f"width-{key}"] = DecimalFormField(
            label=f"Độ rộng cột {name}", initial=Decimal(str(own.get("width", 8))), decimal_places=2, max_digits=6,
            min_value=Decimal("0.1"), widget=forms.TextInput(attrs=small),
            error_messages={
                "required": f"Nhập độ rộng của cột {name}.",
                "min_value": f"Độ rộng của cột {name} phải lớn hơn 0. Nhập số từ 0,1.",
            },
        )  # fmt: skip
        visible, fixed = column is not None and own.get("visible", True), bool(own.get("fixed", False))
        self.fields[f"visible-{key}"] = forms.BooleanField(label=f"Hiện cột {name}", required=False, initial=visible)
        self.fields[f"fixed-{key}"] = forms.BooleanField(label=f"Luôn in cột {name}", required=False, initial=fixed)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for key in self.keys:
            if data.get(f"visible-{key}") and not data.get(f"label-{key}"):
                self.add_error(f"label-{key}", f"Nhập nhãn của cột {COLUMN_NAMES[key]} hoặc bỏ dấu Hiện.")
        return data

    def main_fields(self) -> list[forms.BoundField]:
        """The fields above the table of columns."""
        return [self[name] for name in (*self.Meta.fields, *(f"group_{level}" for level in _GROUP_LEVELS))]

    def column_tables(self) -> list[list[dict[str, Any]]]:
        """One row of inputs per column: the annex's own columns, then those it could show beside them."""
        own = {str(column["key"]) for column in self.instance.columns}
        return [[self._column_row(key) for key in self.keys if (key in own) == is_own] for is_own in (True, False)]

    def _column_row(self, key: str) -> dict[str, Any]:
        parts = {"visible": "Hiện", "fixed": "Luôn in", "order": "Thứ tự", "label": "Nhãn in", "width": "Độ rộng"}
        return {"name": COLUMN_NAMES[key], "cells": [(self[f"{part}-{key}"], label) for part, label in parts.items()]}


def _ordered_keys(annex: AnnexLayout) -> list[str]:
    """The keys of the annex's own columns in their order, then the other columns it could show."""
    own = [str(column["key"]) for column in annex.columns]
    return [*own, *sorted(KNOWN_KEYS[annex.number] - set(own), key=_ORDER.index)]


def annex_values(data: Mapping[str, Any], annex: AnnexLayout) -> dict[str, Any]:
    """What an annex form says as the columns of the layout; headings above columns and alignments are kept."""
    stored = {str(column["key"]): column for column in annex.columns}
    keys = [key for key in _ordered_keys(annex) if key in stored or data[f"visible-{key}"]]
    keys.sort(key=lambda key: data[f"order-{key}"])
    groups = [data[f"group_{level}"] for level in _GROUP_LEVELS]
    return {
        **{name: data[name] for name in AnnexForm.Meta.fields},
        "columns": [_column(key, stored.get(key, {}), data) for key in keys],
        "group_by": list(dict.fromkeys(filter(None, groups))),
    }


def _column(key: str, stored: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    width = data[f"width-{key}"]
    column = {
        **stored,
        "key": key,
        "label": data[f"label-{key}"] or stored.get("label") or COLUMN_NAMES[key],
        "width": int(width) if width == int(width) else float(width),
    }
    for flag, usual in (("visible", True), ("fixed", False)):
        if data[f"{flag}-{key}"] == usual:
            column.pop(flag, None)
        else:
            column[flag] = not usual
    return column


# --- potential products and the budget


def _communes(user: Any, year: int) -> Any:
    return Unit.objects.visible_to(user).filter(level=Level.COMMUNE).in_year(year).order_by("sort_order", "name_key")


class PotentialProductForm(RecordForm):
    current_stars = forms.TypedChoiceField(
        label="Hạng sao hiện có", required=False, coerce=int, empty_value=None, choices=_STARS
    )
    expected_stars = forms.TypedChoiceField(
        label="Hạng sao dự kiến", required=False, coerce=int, empty_value=None, choices=_STARS
    )

    class Meta:
        model = PotentialProduct
        fields = [
            "commune", "name", "producer", "producer_name", "case", "product", "group", "current_stars", "expected_stars",
            "is_committed", "support_needed", "round_text", "note", "sort_order",
        ]  # fmt: skip
        help_texts = {
            "is_committed": "Đánh dấu sản phẩm chắc chắn dự thi trong năm; kế hoạch đếm các sản phẩm này.",
            "product": "Chọn khi nâng hạng hoặc đánh giá lại sản phẩm đã được công nhận.",
            "sort_order": "Để 0 thì xếp theo lúc nhập.",
        }

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        self.plan = plan
        super().__init__(*args, **kwargs)

    def limit_choices(self) -> None:
        self.fields["commune"].queryset = _communes(self.user, self.plan.year)
        self.fields["commune"].empty_label = "Chọn xã, thị trấn"
        self.fields["producer"].queryset = Producer.objects.visible_to(self.user).order_by("name_key", "pk")
        self.fields["producer"].empty_label = "Chưa có trong danh sách"
        self.fields["product"].queryset = Product.objects.visible_to(self.user).order_by("name_key", "pk")
        self.fields["product"].empty_label = "Sản phẩm mới"
        groups = self.fields["group"]
        groups.queryset = ProductGroup.objects.order_by("decision", "number")
        groups.label_from_instance = lambda group: f"{group.name} ({group.decision}, bộ {group.number})"
        groups.empty_label = "Chưa xếp nhóm"


class BudgetLineForm(RecordForm):
    """One line of the budget with one input per source; the server adds them up."""

    class Meta:
        model = BudgetLine
        fields = [
            "content_group", "content", "measure_unit", "quantity", "unit_price", "commune", "producer", "product_name",
            "office", "quarter", "basis", "sort_order",
        ]  # fmt: skip
        help_texts = {
            "content_group": "Các dòng cùng nội dung lớn được cộng chung trong biểu 3.",
            "unit_price": "Có cả số lượng và đơn giá thì tích của chúng phải bằng tổng các nguồn.",
            "commune": "Chọn xã thì dòng này vào phần của xã trong biểu 4.",
            "sort_order": "Để 0 thì xếp theo lúc nhập.",
        }

    def __init__(self, *args: Any, plan: Plan, instance: BudgetLine | None = None, **kwargs: Any) -> None:
        self.plan = plan
        super().__init__(*args, instance=instance, **kwargs)
        stored = (
            {(row.source, row.nature): row.amount for row in instance.amounts.all()} if instance and instance.pk else {}
        )
        self.sources = [*((source, "") for source in FundingSource.values), *(key for key in stored if key[1])]
        for source, nature in self.sources:
            name = amount_name(source, nature)
            self.fields[name] = MoneyFormField(
                label=amount_label(name), required=False, initial=stored.get((source, nature))
            )

    def limit_choices(self) -> None:
        self.fields["commune"].queryset = _communes(self.user, self.plan.year)
        self.fields["commune"].empty_label = "Chung toàn đơn vị"
        self.fields["producer"].queryset = Producer.objects.visible_to(self.user).order_by("name_key", "pk")
        self.fields["producer"].empty_label = "Không của riêng chủ thể nào"
        offices = Office.objects.filter(unit=self.plan.unit).filter(self._in_year())
        self.fields["office"].queryset = offices.order_by("sort_order", "pk")
        self.fields["office"].empty_label = "Chưa chọn"

    def _in_year(self) -> Q:
        year = self.plan.year
        return (Q(valid_from__isnull=True) | Q(valid_from__year__lte=year)) & (
            Q(valid_to__isnull=True) | Q(valid_to__year__gte=year)
        )

    def main_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.Meta.fields]

    def source_fields(self) -> list[forms.BoundField]:
        return [self[amount_name(*key)] for key in self.sources]


def budget_values(data: Mapping[str, Any]) -> tuple[dict[str, Any], dict[tuple[str, str], int]]:
    """What a budget form says: the columns of the line, and its amounts by source and nature."""
    values = {name: value for name, value in data.items() if not name.startswith(AMOUNT_PREFIX)}
    amounts: dict[tuple[str, str], int] = {}
    for name, amount in data.items():
        if name.startswith(AMOUNT_PREFIX) and amount:
            _amount, source, *nature = name.split("_")
            amounts[(source, nature[0] if nature else "")] = amount
    return values, amounts


# --- records of a unit's year


class _UnitYearForm(RecordForm):
    """A record of the person's own unit."""

    @property
    def unit(self) -> Unit:
        row: Unit = self.instance.unit if self.instance.pk else self.user.unit
        return row


class TargetForm(_UnitYearForm):
    class Meta:
        model = Target
        fields = ["year", "measure", "least_stars", "commune", "comparator", "value", "note"]
        help_texts = {"commune": "Để trống thì là chỉ tiêu của toàn đơn vị."}

    def limit_choices(self) -> None:
        below = Unit.objects.visible_to(self.user).filter(level=Level.COMMUNE).exclude(pk=self.unit.pk)
        self.fields["commune"].queryset = below.order_by("sort_order", "name_key")
        self.fields["commune"].empty_label = "Toàn đơn vị"


class ActivityForm(_UnitYearForm):
    class Meta:
        model = Activity
        fields = [
            "year", "held_on", "kind", "topic", "organiser", "partner", "audience", "classes", "attendees", "attendee_unit", "section_key",
        ]  # fmt: skip
        help_texts = {
            "section_key": "Chọn khi hoạt động này chỉ được báo cáo ở một mục; để trống thì theo loại và đơn vị tổ chức."
        }

    def limit_choices(self) -> None:
        sections = PlanSection.objects.filter(plan__unit=self.unit).order_by("-plan__year", "sort_order", "pk")
        names = {section.key: section.heading for section in reversed(sections)}
        current = self.instance.section_key
        names.setdefault(current, current)
        names.pop("", None)
        choices = [("", "Theo loại và đơn vị tổ chức"), *sorted(names.items(), key=lambda pair: pair[1])]
        self.fields["section_key"] = forms.ChoiceField(
            label="Báo cáo ở mục", required=False, choices=choices, help_text=self.Meta.help_texts["section_key"]
        )


class SpendingForm(_UnitYearForm):
    class Meta:
        model = Spending
        fields = ["year", "amount", "source_name", "funding_source", "activity", "budget_line", "note"]
        help_texts = {"source_name": "Ghi tên nguồn như đơn vị vẫn ghi trong kế hoạch."}

    def limit_choices(self) -> None:
        self.fields["activity"].queryset = Activity.objects.filter(unit=self.unit).order_by("-year", "sort_order", "pk")
        self.fields["activity"].empty_label = "Không của riêng hoạt động nào"
        lines = BudgetLine.objects.filter(plan__unit=self.unit).order_by("-plan__year", "sort_order", "pk")
        self.fields["budget_line"].queryset = lines
        self.fields["budget_line"].empty_label = "Không gắn với dòng dự toán"
