"""What the law says on a day."""

from datetime import date

from core.errors import Refused
from regulations.models import CertifyingLevel, Regime


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
