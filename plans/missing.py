"""What a plan still lacks, in Vietnamese, with where to enter it. Lacking parts never stop a draft from being printed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dossiers.models import Dossier
from plans import figures
from plans.figures import FigureContext
from plans.figures.shared import recognised
from plans.models import PlanSection

if TYPE_CHECKING:
    from plans.blocks import BodyWriter
    from plans.collect import PlanSnapshot


@dataclass(frozen=True, slots=True)
class Missing:
    """One lacking part: the sentence, and the place to enter it.

    `place` is one of: sections, targets, potential_products, budget, activities, spending, annexes, letter_head,
    signers, recipients, offices, citations, dossiers, recognitions. `key` is a section's key or an annex' number.
    """

    sentence: str
    place: str
    key: str = ""


# Where the records of a figure are entered, by the beginning of its name.
_PLACES = (
    ("activity", "activities", "Nhập ở trang Hoạt động"),
    ("spending", "spending", "Nhập ở trang Kinh phí đã chi"),
    ("entered", "dossiers", "Nhập ở trang Hồ sơ dự thi"),
    ("recogni", "recognitions", "Nhập ở trang của sản phẩm"),
    ("standing", "recognitions", "Nhập ở trang của sản phẩm"),
    ("commune", "recognitions", "Nhập ở trang của sản phẩm"),
    ("potential", "potential_products", "Nhập ở trang Sản phẩm tiềm năng của kế hoạch"),
    ("committed", "potential_products", "Nhập ở trang Sản phẩm tiềm năng của kế hoạch"),
    ("budget", "budget", "Nhập ở trang Dự toán của kế hoạch"),
    ("annex", "annexes", "Thêm biểu ở trang Biểu của kế hoạch"),
    ("legal", "citations", "Nhập ở trang Văn bản viện dẫn"),
)


def _place(name: str) -> tuple[str, str]:
    for start, place, sentence in _PLACES:
        if name.startswith(start):
            return place, sentence
    return "targets", "Nhập ở trang Chỉ tiêu"


def missing_parts(
    context: FigureContext, snapshot: "PlanSnapshot", writer: "BodyWriter", *, has_letter_head: bool
) -> tuple[Missing, ...]:
    """The lacking parts of a collected plan, in the order of the document."""
    return (
        *_head(snapshot, has_letter_head=has_letter_head),
        *_sections(snapshot, writer),
        *_printed_dots(writer),
        *_computed_blocks(context, writer),
        *_results(context),
        *_promises(context),
        *_annexes(snapshot),
    )


def _head(snapshot: "PlanSnapshot", *, has_letter_head: bool) -> Iterable[Missing]:
    if not has_letter_head:
        yield Missing("Chưa có thể thức văn bản của đơn vị. Nhập ở trang Thể thức văn bản.", "letter_head")
    if not snapshot.signature.name:
        yield Missing("Chưa có người ký vào ngày làm việc của kế hoạch. Nhập ở trang Người ký.", "signers")
    if not snapshot.signature.recipients:
        yield Missing("Chưa có nơi nhận. Nhập ở trang Nơi nhận.", "recipients")


def _sections(snapshot: "PlanSnapshot", writer: "BodyWriter") -> Iterable[Missing]:
    if not snapshot.body:
        yield Missing("Kế hoạch chưa có mục nào. Thêm mục ở trang Nội dung kế hoạch.", "sections")
    for key, heading, kind in writer.empty_sections:
        if kind in (PlanSection.Kind.NARRATIVE, PlanSection.Kind.BOILERPLATE):
            yield Missing(f"Mục “{heading or key}” chưa có nội dung. Soạn ở trang Nội dung kế hoạch.", "sections", key)
        elif key in writer.silent_sections:
            yield Missing(
                f"Mục “{heading or key}” không in dòng nào vì số liệu trong lời văn đều trống. "
                "Nhập số liệu đó hoặc sửa lời văn ở trang Nội dung kế hoạch.", "sections", key,
            )  # fmt: skip


def _printed_dots(writer: "BodyWriter") -> Iterable[Missing]:
    seen = set()
    for section, _commune, figure in writer.printed:
        if figure.text == figures.DOTS or (figure.value == "" and not figure.name.startswith("annex")):
            if figure.name not in seen:
                place, where = _place(figure.name)
                yield Missing(f"Lời văn cần “{figure.label}” nhưng chưa có số liệu. {where}.", place, section)
            seen.add(figure.name)


def _computed_blocks(context: FigureContext, writer: "BodyWriter") -> Iterable[Missing]:
    if "legal_basis" in writer.blocks and not context.records.citations:
        yield Missing("Chưa có văn bản nào trong danh sách căn cứ. Nhập ở trang Văn bản viện dẫn.", "citations")
    if "office_duties" in writer.blocks and not writer.has_office_duties:
        yield Missing("Chưa có cơ quan nào được giao nhiệm vụ. Nhập ở trang Cơ quan, đơn vị phối hợp.", "offices")
    for key in writer.sections_without_frame:
        yield Missing(
            "Mục kết quả theo xã chưa có mẫu câu của một xã. Nhập ở trang Nội dung kế hoạch.", "sections", key
        )


def _results(context: FigureContext) -> Iterable[Missing]:
    pending = sum(entry.outcome == Dossier.Outcome.PENDING for entry in context.records.entries)
    if pending:
        yield Missing(
            f"Còn {context.count(pending)} hồ sơ năm {context.report_year} chưa có kết quả. Nhập ở trang Hồ sơ dự thi.",
            "dossiers",
        )
    entered = {entry.product.pk for entry in context.records.entries}
    unentered = [row for row in recognised(context) if row.product.pk not in entered]
    if unentered:
        yield Missing(
            f"Có {context.count(len(unentered))} sản phẩm được công nhận năm {context.report_year} nhưng không có hồ sơ dự thi "
            f"năm đó ({unentered[0].product.name}{' và sản phẩm khác' if unentered[1:] else ''}). Nhập ở trang Hồ sơ dự thi.",
            "dossiers",
        )
    if figures.compute("report_target", context).value is None:
        yield Missing(
            f"Chưa có chỉ tiêu năm {context.report_year}, nên kế hoạch không ghi tỷ lệ đạt. Nhập ở trang Chỉ tiêu.",
            "targets",
        )


def _promises(context: FigureContext) -> Iterable[Missing]:
    rows, target = figures.compute("potential_products", context), figures.compute("potential_target", context)
    if not rows.value:
        yield Missing("Chưa có sản phẩm tiềm năng. Nhập ở trang Sản phẩm tiềm năng của kế hoạch.", "potential_products")
    elif target.value is not None and target.value != rows.value:
        yield Missing(
            f"Chỉ tiêu là {target.text} sản phẩm tiềm năng nhưng biểu 2 có {rows.text} dòng. "
            "Sửa ở trang Chỉ tiêu hoặc ở trang Sản phẩm tiềm năng của kế hoạch cho khớp.", "potential_products",
        )  # fmt: skip
    yield from _least(context)
    if not context.records.budget_lines:
        yield Missing("Chưa có dòng dự toán nào. Nhập ở trang Dự toán của kế hoạch.", "budget")


def _least(context: FigureContext) -> Iterable[Missing]:
    least, committed = figures.compute("min_recognised", context), figures.compute("committed_products", context)
    if least.value is None:
        yield Missing(
            f"Chưa có chỉ tiêu sản phẩm được công nhận của năm {context.plan_year}. Nhập ở trang Chỉ tiêu.", "targets"
        )
    elif isinstance(least.value, int) and isinstance(committed.value, int) and committed.value < least.value:
        yield Missing(
            f"Chỉ tiêu là ít nhất {least.text} sản phẩm được công nhận nhưng biểu 2 mới đánh dấu {committed.text} sản phẩm dự thi. "
            "Đánh dấu thêm ở trang Sản phẩm tiềm năng của kế hoạch, hoặc sửa ở trang Chỉ tiêu.", "potential_products",
        )  # fmt: skip


def _annexes(snapshot: "PlanSnapshot") -> Iterable[Missing]:
    for annex in snapshot.annexes:
        is_cited = annex.number in snapshot.cited_annexes
        if annex.in_pdf and annex.rows and not is_cited:
            yield Missing(
                f"{annex.label} được bật in kèm kế hoạch nhưng lời văn chưa nhắc đến, nên chưa vào PDF. "
                f"Thêm {{annex_{annex.number}}} vào lời văn ở trang Nội dung kế hoạch.", "sections", str(annex.number),
            )  # fmt: skip
        if is_cited and not annex.in_pdf:
            yield Missing(
                f"Lời văn nhắc {annex.label} nhưng biểu đang tắt in kèm kế hoạch. Bật ở trang Biểu của kế hoạch.",
                "annexes",
                str(annex.number),
            )
