"""What the law says on a day."""

from datetime import date

from django.db.models import Q, QuerySet

from communes.models import Level, Unit
from core.errors import Refused
from regulations.models import CertifyingLevel, Citation, ProductGroup, Regime


class NoRegime(Refused):
    """No regime is in force on the day."""


class StarsNotCertified(Refused):
    """Nobody certifies this number of stars under the regime."""


def regime_on(day: date) -> Regime:
    """The regime in force on a day (of filing). Raises NoRegime before the first one."""
    regime: Regime | None = Regime.objects.on(day).order_by("-valid_from").first()
    if regime is None:
        raise NoRegime(
            f"Ngày {day:%d/%m/%Y} không có chế độ đánh giá nào có hiệu lực. Kiểm tra lại ngày, hoặc chạy lệnh load_regulations."
        )
    return regime


def certifying_level(regime: Regime, stars: int) -> str:
    """The level that certifies a star under a regime. Raises StarsNotCertified where none does."""
    found = CertifyingLevel.objects.filter(regime=regime, stars=stars).values_list("level", flat=True).first()
    if found is None:
        known = ", ".join(str(n) for n in regime.certifying_levels.order_by("stars").values_list("stars", flat=True))
        raise StarsNotCertified(
            f"Theo {regime.name}, hạng {stars} sao không có quyết định công nhận. Nhập một trong các hạng: {known} sao."
        )
    return found


def levels_by_stars(regime: Regime) -> dict[int, str]:
    """Stars → the label of the level that certifies them."""
    return {row.stars: Level(row.level).label for row in regime.certifying_levels.order_by("stars")}


def citations_for(unit: Unit, year: int) -> QuerySet[Citation]:
    """How the unit cites in the plan of a year: the year's own row before the one for all years, in printed order."""
    rows = Citation.objects.filter(unit=unit).filter(Q(year=year) | Q(year__isnull=True))
    own = rows.filter(year=year).values("document_id")
    found: QuerySet[Citation] = (
        rows.exclude(Q(year__isnull=True) & Q(document_id__in=own))
        .select_related("document")
        .order_by("sort_order", "pk")
    )
    return found


def groups_on(day: date) -> QuerySet[ProductGroup]:
    """The product groups of the decision whose regime is in force on a day (QĐ 1489 changed none of QĐ 148's)."""
    decision = regime_on(day).criteria_decision
    return ProductGroup.objects.filter(decision=decision).order_by("number")
