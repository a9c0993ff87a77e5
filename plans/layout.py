"""From a snapshot to the blocks of a document."""

from collections.abc import Mapping

from core.documents.blocks import (
    Annex,
    BodyBlock,
    Document,
    Heading,
    LetterheadBlock,
    Paragraph,
    ParagraphKind,
    SignatureBlock,
)
from plans.annexes import plan_annex
from plans.blocks import BodyPart
from plans.collect import PlanSnapshot

_KINDS = {
    "body": ParagraphKind.BODY,
    "legal_basis": ParagraphKind.LEGAL_BASIS,
    "item": ParagraphKind.ITEM,
    "sub_item": ParagraphKind.SUB_ITEM,
}
_SIGNS: Mapping[str, str] = {"item": "- ", "sub_item": "+ "}
END_MARK = "./."  # closes the text of a document (NĐ 30/2020, phụ lục I)


def plan_document(snapshot: PlanSnapshot) -> Document:
    """The plan with the annexes that its text cites and that are printed with it."""
    cited = set(snapshot.cited_annexes)
    annexes = tuple(annex for number, annex in _numbered(snapshot) if number in cited and _is_printed(snapshot, number))
    return _document(snapshot, annexes)


def annex_blocks(snapshot: PlanSnapshot) -> tuple[Annex, ...]:
    """Every annex, whether the plan prints it or not: each becomes a workbook."""
    return tuple(annex for _number, annex in _numbered(snapshot))


def _numbered(snapshot: PlanSnapshot) -> list[tuple[int, Annex]]:
    return [(annex.number, plan_annex(annex, snapshot.letterhead.annex_reference)) for annex in snapshot.annexes]


def _is_printed(snapshot: PlanSnapshot, number: int) -> bool:
    return any(annex.number == number and annex.in_pdf for annex in snapshot.annexes)


def _document(snapshot: PlanSnapshot, annexes: tuple[Annex, ...]) -> Document:
    head, sign = snapshot.letterhead, snapshot.signature
    return Document(
        title=f"{head.document_type} {head.subject} – {snapshot.unit_name}",
        language="vi",
        identity=snapshot.identity,
        dated=snapshot.working_date,
        letterhead=LetterheadBlock(
            issuer_lines=head.issuer_lines,
            number_line=head.number_line,
            place_date_line=head.place_date_line,
            document_type=head.document_type,
            subject=head.subject,
            parent_body=head.parent_body,
        ),
        body=tuple(map(_block, _ended(snapshot.body))),
        signature=SignatureBlock(sign.recipients, sign.authority_lines, sign.name),
        annexes=annexes,
    )


def _ended(body: tuple[BodyPart, ...]) -> tuple[BodyPart, ...]:
    """The body with the end mark after its last words."""
    if not body:
        return body
    last = body[-1]
    if last.kind == "heading":
        text, run_in = (last.text, _end(last.run_in)) if last.run_in else (_end(last.text), "")
        return (*body[:-1], BodyPart(last.section, last.kind, text, last.level, run_in))
    return (*body[:-1], BodyPart(last.section, last.kind, _end(last.text), last.level))


def _end(text: str) -> str:
    return text if text.endswith(END_MARK) else text.rstrip(" .;:") + END_MARK


def _block(part: BodyPart) -> BodyBlock:
    if part.kind == "heading":
        return Heading(part.level, part.text.upper() if part.level == 1 else part.text, part.run_in)
    return Paragraph(f"{_SIGNS.get(part.kind, '')}{part.text}", _KINDS[part.kind])
