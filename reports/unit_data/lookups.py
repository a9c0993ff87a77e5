"""Finding rows that a file names but does not hold itself: by code, key or name."""

from collections.abc import Callable, Mapping
from difflib import get_close_matches

from django.db.models import Model

from communes.models import Office, Unit
from communes.queries import UnitNotFound, meant_by, parse_code
from core.vietnamese.folding import fold
from producers.models import Producer
from products.models import Product
from regulations.models import LegalDocument, ProductGroup, Regime
from reports.unit_data.kinds import Bad

Lookup = Callable[[str], Model | None]


def _one(found: list[Model], text: str) -> Model | None:
    if len(found) > 1:
        listed = "; ".join(str(row) for row in found[:4])
        raise Bad(
            f"“{text}” có thể là {len(found)} dòng khác nhau: {listed}. Đặt id cho dòng đó trong tệp và dùng id ấy."
        )
    return found[0] if found else None


def unit(text: str) -> Model | None:
    """A code, or CODE@DATE where a code was used twice."""
    try:
        asked = parse_code(text)
    except UnitNotFound as error:
        raise Bad(error.sentence) from error
    found = meant_by(asked, list(Unit.objects.filter(code=asked.code).order_by("valid_from")))
    if len(found) > 1:
        spoken = " hoặc ".join(f"{row.spoken_code} ({row})" for row in found)
        raise Bad(f"Mã {asked.code} là của {len(found)} đơn vị. Ghi rõ {spoken}.")
    return found[0] if found else None


def legal_document(text: str) -> Model | None:
    return LegalDocument.objects.filter(key=text).first()


def regime(text: str) -> Model | None:
    found = Regime.objects.filter(key=text).first()
    if found is None:
        keys = list(Regime.objects.values_list("key", flat=True))
        known = f"Các chế độ đã có: {', '.join(keys)}." if keys else "Chạy lệnh load_regulations trước."
        raise Bad(f"Chưa có chế độ đánh giá “{text}”. {known}")
    return found


def group(text: str) -> Model | None:
    """DECISION/NUMBER, as qd1048_781/9."""
    decision, _slash, number = text.partition("/")
    found = ProductGroup.objects.filter(decision=decision, number=int(number)).first() if number.isdecimal() else None
    if found is None:
        decisions = sorted(set(ProductGroup.objects.values_list("decision", flat=True)))
        near = get_close_matches(decision, decisions, n=1, cutoff=0.3)
        hint = f"Ghi như {near[0]}/9 (quyết định/bộ tiêu chí số)." if near else "Chạy lệnh load_regulations trước."
        raise Bad(f"Không có nhóm sản phẩm “{text}”. {hint}")
    return found


def producer(text: str) -> Model | None:
    return _one(list(Producer.objects.filter(name_folded=fold(text))[:5]), text)


def product(text: str) -> Model | None:
    return _one(list(Product.objects.filter(name_folded=fold(text))[:5]), text)


def office(text: str) -> Model | None:
    return _one(list(Office.objects.filter(name=text)[:5]), text)


LOOKUPS: Mapping[str, Lookup] = {
    "unit": unit,
    "legal_document": legal_document,
    "regime": regime,
    "group": group,
    "producer": producer,
    "product": product,
    "office": office,
}

LABELS: Mapping[str, str] = {
    "unit": "đơn vị",
    "legal_document": "văn bản pháp lý",
    "producer": "chủ thể",
    "product": "sản phẩm",
    "office": "cơ quan",
    "signer": "người ký",
    "activity": "hoạt động",
    "budget_line": "dòng dự toán",
}
