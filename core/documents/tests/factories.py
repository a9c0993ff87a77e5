"""Documents to render in tests: a plan of six pages with three annexes, and small ones."""

from decimal import Decimal

from core.documents.blocks import (
    Align,
    Annex,
    BodyBlock,
    Cell,
    Column,
    Document,
    Heading,
    LetterheadBlock,
    Paragraph,
    ParagraphKind,
    Row,
    RowKind,
    SignatureBlock,
    Table,
)

ITEM = ParagraphKind.ITEM
_SENTENCES = (
    (
        "Phối hợp với các ngành liên quan hướng dẫn, hỗ trợ các đơn vị sản xuất hoàn thiện hồ sơ, thủ tục tự công bố đối "
        "với các sản phẩm thuộc ngành quản lý, bảo đảm an toàn thực phẩm theo quy định hiện hành."
    ),
    (
        "Đẩy mạnh công tác thông tin tuyên truyền về Chương trình OCOP trên Trang thông tin điện tử của Huyện, trên sóng "
        "phát thanh, để người dân thấy được lợi ích, giá trị kinh tế và giá trị nhân văn khi tham gia Chương trình."
    ),
    (
        "Các xã, thị trấn quan tâm khai thác nguồn tài nguyên bản địa; hỗ trợ các chủ thể có sản phẩm tiềm năng chuẩn hóa "
        "sản phẩm, xây dựng và cải tiến bao bì, nhãn hiệu, truy xuất nguồn gốc, bảo hộ quyền sở hữu trí tuệ."
    ),
    (
        "Trong năm, có 12 sản phẩm của 06 chủ thể dự thi đánh giá, phân hạng; kết quả có thêm 09 sản phẩm đạt 03 sao, đạt "
        "225% kế hoạch, nâng tổng số sản phẩm OCOP của Huyện lên 11 sản phẩm."
    ),
)
_HEADINGS = (
    "tình hình triển khai thực hiện:",
    "kết quả thực hiện năm 2021:",
    "kế hoạch năm 2022:",
)


def number_text(value: int | Decimal) -> str:
    """1234.5 -> "1.234,5"."""
    whole, _, part = f"{value:,}".partition(".")
    return whole.replace(",", ".") + (f",{part}" if part else "")


def number(value: int | Decimal) -> Cell:
    return Cell(number_text(value), value)


def body(parts: int = 6) -> tuple[BodyBlock, ...]:
    blocks: list[BodyBlock] = []
    for part, title in enumerate(_HEADINGS, 1):
        blocks.append(Heading(1, f"{'I' * part}. {title}"))
        for section in range(1, parts + 1):
            blocks.append(Heading(2, f"{section}. Nhiệm vụ và giải pháp nhóm {section}:"))
            blocks += [Paragraph(_SENTENCES[(section + part) % 4]), Paragraph(f"- {_SENTENCES[section % 4]}", ITEM)]
            blocks.append(Paragraph(f"- {_SENTENCES[(section + 2) % 4]}", ITEM))
        blocks.append(
            Heading(3, f"{parts}.1. Phòng Y tế:", "Chủ trì, phối hợp với các Sở ngành Tỉnh tổ chức các khóa tập huấn.")
        )
    blocks.append(Paragraph("Kinh phí thực hiện: kèm theo biểu 2, biểu 3 và biểu 4."))
    blocks.append(Paragraph("Ủy ban nhân dân các xã, thị trấn báo cáo định kỳ về cơ quan Thường trực theo quy định./."))
    return tuple(blocks)


def letterhead(**changes: object) -> LetterheadBlock:
    values: dict[str, object] = {
        "issuer_lines": ("ỦY BAN NHÂN DÂN", "HUYỆN TÂN HỒNG"),
        "number_line": "Số: ……/KH-UBND",
        "place_date_line": "Tân Hồng, ngày …… tháng …… năm 2022",
        "document_type": "KẾ HOẠCH",
        "subject": "Thực hiện Chương trình mỗi xã một sản phẩm năm 2022",
    }
    return LetterheadBlock(**{**values, **changes})  # type: ignore[arg-type]


def signature() -> SignatureBlock:
    return SignatureBlock(
        recipients=(
            "Sở Nông nghiệp & PTNT",
            "TT.HU, TT.HĐND Huyện",
            "CT và các PCT UBND Huyện",
            "UB.MTTQ và các Đoàn thể Huyện",
            "UBND các xã, thị trấn",
            "Lãnh đạo Văn phòng",
            "Lưu: VT/UB",
        ),
        authority_lines=("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        name="Huỳnh Văn Nhã",
    )


def budget_table(rows: int = 20) -> Table:
    """Total first, two groups, then lines; eleven columns under two levels of headings."""
    state = ("Nguồn vốn", "Ngân sách nhà nước")
    columns = (
        Column("stt", "STT", 4, Align.CENTER),
        Column("content", "Nội dung chi", 20),
        Column("unit", "ĐVT", 8, Align.CENTER),
        Column("qty", "Số lượng", 6, Align.RIGHT),
        Column("total", "Tổng kinh phí", 9, Align.RIGHT),
        Column("nstw", "Trung ương", 8, Align.RIGHT, state),
        Column("nst", "Tỉnh", 8, Align.RIGHT, state),
        Column("nsh", "Huyện", 8, Align.RIGHT, state),
        Column("du", "Đối ứng của chủ thể", 9, Align.RIGHT, ("Nguồn vốn",)),
        Column("lead", "Đơn vị chủ trì", 12),
        Column("note", "Ghi chú", 8),
    )
    lines = [_budget_line(n) for n in range(1, rows + 1)]
    half = rows // 2
    groups = [
        _sum_row("I", "Tập huấn, tuyên truyền", lines[:half], RowKind.GROUP, (2, 1 + half)),
        _sum_row("II", "Hỗ trợ sản phẩm", lines[half:], RowKind.GROUP, (3 + half, 2 + rows)),
    ]
    total = _sum_row("", "TỔNG CỘNG", lines, RowKind.TOTAL, (1, 2 + rows))
    return Table(columns, (total, groups[0], *lines[:half], groups[1], *lines[half:]), column_numbers=True)


def _budget_line(n: int) -> Row:
    sources = (Decimal(n) * Decimal("12.5"), n * 7, Decimal("1200.5") if n % 3 else 0, 2 * n)
    cells = [Cell(str(n)), Cell(f"Hỗ trợ bao bì, nhãn hiệu {n}"), Cell("sản phẩm"), number(n), number(sum(sources))]
    return Row((*cells, *map(number, sources), Cell("Phòng Kinh tế"), Cell("(minh họa)")))


def _sum_row(mark: str, label: str, lines: list[Row], kind: RowKind, span: tuple[int, int]) -> Row:
    sums = [number(sum((line.cells[column].value or 0) for line in lines)) for column in range(4, 9)]
    return Row((Cell(mark), Cell(label), Cell(), Cell(), *sums, Cell(), Cell()), kind, 0, span)


def product_table(rows: int = 14) -> Table:
    columns = (
        Column("stt", "STT", 4, Align.CENTER),
        Column("product", "Tên sản phẩm", 18),
        Column("producer", "Tên chủ thể", 18),
        Column("stars", "Hạng sao dự kiến", 7, Align.CENTER),
        Column("committed", "Dự thi trong năm (x)", 8, Align.CENTER),
        Column("support", "Nội dung cần hỗ trợ", 20),
    )
    group = Row((Cell("I"), Cell("Xã Tân Hộ Cơ"), Cell(f"{rows:02d} sản phẩm"), Cell(), Cell(), Cell()), RowKind.GROUP)
    lines = [
        Row(
            (
                Cell(str(n)),
                Cell(f"Khô cá lóc số {n}"),
                Cell("Cơ sở sản xuất khô (minh họa)"),
                Cell("3 sao"),
                Cell("x" if n < 5 else ""),
                Cell("Thiết kế bao bì, nhãn hiệu; truy xuất nguồn gốc"),
            )
        )
        for n in range(1, rows + 1)
    ]
    return Table(columns, (group, *lines))


def annex(number_: int, table: Table, **changes: object) -> Annex:
    values: dict[str, object] = {
        "key": f"bieu-{number_}",
        "label": f"Biểu {number_}",
        "title": f"Danh mục và dự toán kinh phí thực hiện Chương trình OCOP năm 2022, phần {number_}",
        "reference": "(Kèm theo Kế hoạch số ……/KH-UBND ngày …… tháng …… năm 2022 của Ủy ban nhân dân huyện Tân Hồng)",
        "table": table,
        "notes": ("(minh họa): số liệu minh họa, không có trong kế hoạch đã ban hành.",),
    }
    return Annex(**{**values, **changes})  # type: ignore[arg-type]


def document(**changes: object) -> Document:
    values: dict[str, object] = {
        "title": "Kế hoạch thực hiện Chương trình OCOP năm 2022",
        "language": "vi",
        "identity": "5f" * 32,
        "dated": "2022-01-10",
        "letterhead": letterhead(),
        "body": body(),
        "signature": signature(),
        "annexes": (
            annex(2, product_table()),
            annex(3, budget_table(30), unit_line="Đơn vị tính: triệu đồng"),
            annex(4, budget_table(6), unit_line="Đơn vị tính: triệu đồng"),
        ),
    }
    return Document(**{**values, **changes})  # type: ignore[arg-type]


def short(*blocks: BodyBlock, **changes: object) -> Document:
    """One page without annexes."""
    return document(body=blocks or (Paragraph("Nội dung./."),), **{"annexes": (), **changes})
