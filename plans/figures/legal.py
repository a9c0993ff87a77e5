"""The legal documents that the unit cites."""

from plans.figures.registry import FigureContext, Found, RowRef, figure


@figure(
    "legal_basis_list",
    label="Các văn bản viện dẫn",
    how="Các văn bản trong danh sách căn cứ, theo thứ tự và cách viện dẫn của đơn vị.",
)
def legal_basis_list(context: FigureContext) -> Found:
    citations = context.records.citations
    text = " ".join(f"{row.text}{row.separator}" for row in citations[:-1])
    text = f"{text} {citations[-1].text}".strip() if citations else ""
    return Found(text, text, tuple(RowRef("citation", row.pk, row.text) for row in citations))
