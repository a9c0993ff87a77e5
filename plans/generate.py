"""A snapshot -> the files of the plan. The command and the job make them here, so they cannot differ."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from core.documents.docx import render_docx
from core.documents.pdf import PdfMeanwhile
from core.documents.xlsx import render_xlsx
from core.jobs import stages
from plans.collect import PlanSnapshot
from plans.layout import annex_blocks, plan_document

PDF_TYPE = "application/pdf"
DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CONTENT_TYPES: Mapping[str, str] = {".pdf": PDF_TYPE, ".docx": DOCX_TYPE, ".xlsx": XLSX_TYPE}

Step = Callable[[str, int, int], None]  # (name, number, of how many)


@dataclass(frozen=True, slots=True)
class PlanFile:
    """One file: its name, its role in the generated document, its bytes."""

    name: str
    role: str
    data: bytes

    @property
    def content_type(self) -> str:
        return CONTENT_TYPES[self.name[self.name.rindex(".") :]]


def _no_step(_name: str, _number: int, _total: int) -> None:
    """Nobody watches."""


def step_count(snapshot: PlanSnapshot) -> int:
    """Collecting, the two texts, the workbooks, storing."""
    return 4 + len(snapshot.annexes)


def generate_files(snapshot: PlanSnapshot, *, step: Step = _no_step) -> tuple[PlanFile, ...]:
    """All files of a plan: equal bytes for equal snapshots.

    Raises core.documents.errors.RenderFailed when a document cannot be laid out.
    """
    total = step_count(snapshot)
    stages.reached("collected")
    document = plan_document(snapshot)
    pdf = PdfMeanwhile(document)  # takes longest, in a process of its own
    step("Soạn tệp DOCX", 2, total)
    files = [PlanFile("ke-hoach.docx", "docx", render_docx(document))]
    stages.reached("docx-done")
    for number, annex in enumerate(annex_blocks(snapshot), start=3):
        step(f"Lập bảng tính {annex.label}", number, total)
        files.append(PlanFile(f"{annex.key}.xlsx", annex.key, render_xlsx(annex, document)))
    stages.reached("xlsx-done")
    step("Dàn trang PDF", total - 1, total)
    data = pdf.result()
    stages.reached("pdf-done")
    return (PlanFile("ke-hoach.pdf", "pdf", data), *files)
