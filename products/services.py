"""Everything that writes products and recognitions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from core import clock
from core.audit import services as audit
from core.errors import Refused
from products import queries
from products.models import Case, Product, Recognition
from products.rules import certificate_end
from regulations import queries as regulations
from regulations.models import LegalDocument, Regime


class RecognitionRefused(Refused):
    """The recognition contradicts the product's history or the calendar."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a deciding body decided about one product."""

    stars: int
    case: Case
    document: LegalDocument
    decided_on: date
    year: int | None = None  # the year of evaluation, when it is not that of the day


@transaction.atomic
def create_product(values: Mapping[str, Any], *, by: AbstractBaseUser | None) -> Product:
    """Add a product; it stands in its producer's commune unless the values say another."""
    product = Product(**values)
    if product.commune_id is None:
        product.commune = product.producer.commune
    return audit.create(product, by=by)


@transaction.atomic
def update_product(
    product: Product, values: Mapping[str, Any], *, by: AbstractBaseUser | None, version: int | None = None
) -> Product:
    """Change a product."""
    return audit.update(product, values, by=by, version=version)


@transaction.atomic
def record_recognition(
    product: Product, decision: Decision, *, by: AbstractBaseUser | None, regime: Regime | None = None
) -> Recognition:
    """Record that a product got its stars.

    Level and months of validity are those of `regime`, which is that of the dossier's filing; without a dossier, that
    of the day of the decision. Raises RecognitionRefused, StarsNotCertified, NoRegime or ValidationError.
    """
    audit.lock(product)
    _refuse_future(decision.decided_on, what="Ngày công nhận")
    _refuse_wrong_case(product, decision)
    rules_of_day = regime or regulations.regime_on(decision.decided_on)
    recognition = Recognition(
        product=product,
        commune=product.commune,
        stars=decision.stars,
        case=decision.case,
        level=regulations.certifying_level(rules_of_day, decision.stars),
        year=decision.year or decision.decided_on.year,
        decision=decision.document,
        decided_on=decision.decided_on,
        expires_on=certificate_end(decision.decided_on, rules_of_day.certificate_months),
        is_illustrative=product.is_illustrative,
    )
    return audit.create(recognition, by=by)


def _refuse_wrong_case(product: Product, decision: Decision) -> None:
    earlier = queries.recognitions_before(product, decision.decided_on)
    if decision.case == Case.FIRST and earlier:
        raise RecognitionRefused(
            f"“{product}” đã được công nhận trước đây nên không phải lần đầu. Chọn nâng hạng hoặc đánh giá lại."
        )
    if decision.case != Case.FIRST and not earlier:
        raise RecognitionRefused(f"“{product}” chưa từng được công nhận. Chọn hình thức lần đầu.")
    held = queries.stars_on(product, decision.decided_on)
    if decision.case == Case.UPGRADE and held is not None and decision.stars <= held:
        raise RecognitionRefused(
            f"“{product}” đang có {held} sao nên {decision.stars} sao không phải nâng hạng. Sửa hạng sao hoặc hình thức."
        )


def _refuse_future(day: date, *, what: str) -> None:
    if day > clock.today():
        raise RecognitionRefused(f"{what} {day:%d/%m/%Y} chưa đến. Nhập ngày ghi trên quyết định đã ký.")


@transaction.atomic
def update_recognition(
    recognition: Recognition, values: Mapping[str, Any], *, by: AbstractBaseUser | None, version: int | None = None
) -> Recognition:
    """Correct a recognition. A new day of decision moves the end with it, unless the values give the end too."""
    changes = dict(values)
    if "decided_on" in changes:
        _refuse_future(changes["decided_on"], what="Ngày công nhận")
    if "decided_on" in changes and "expires_on" not in changes:
        months = regulations.regime_on(changes["decided_on"]).certificate_months
        changes["expires_on"] = certificate_end(changes["decided_on"], months)
    return audit.update(recognition, changes, by=by, version=version)


@transaction.atomic
def withdraw_recognition(
    recognition: Recognition,
    *,
    withdrawn_on: date,
    reason: str,
    by: AbstractBaseUser | None,
    version: int | None = None,
) -> Recognition:
    """Record a withdrawal by decision; from that day on the recognition does not hold. Running out is none."""
    if recognition.withdrawn_on is not None:
        raise RecognitionRefused(
            f"Lần công nhận này đã thu hồi ngày {recognition.withdrawn_on:%d/%m/%Y}. Không thu hồi lần nữa."
        )
    _refuse_future(withdrawn_on, what="Ngày thu hồi")
    changes = {"withdrawn_on": withdrawn_on, "withdrawal_reason": reason}
    return audit.update(recognition, changes, by=by, version=version, reason=reason, action="withdraw")
