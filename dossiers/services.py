"""Everything that writes evaluation rounds and dossiers."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from core.audit import services as audit
from core.errors import Refused
from dossiers.models import Dossier, Round
from products.models import Case, Product, Recognition
from products.services import Decision, record_recognition
from regulations import queries as regulations
from regulations.models import Regime


class EntryRefused(Refused):
    """The entry contradicts the product's history or the round."""


class OutcomeRefused(Refused):
    """The outcome and the recognition do not fit together."""


def create_round(values: Mapping[str, Any], *, by: AbstractBaseUser | None) -> Round:
    """Open an evaluation round."""
    return audit.create(Round(**values), by=by)


def update_round(
    round: Round, values: Mapping[str, Any], *, by: AbstractBaseUser | None, version: int | None = None  # noqa: A002
) -> Round:  # fmt: skip
    """Change an evaluation round."""
    return audit.update(round, values, by=by, version=version)


@transaction.atomic
def enter_product(
    product: Product,
    round: Round,  # noqa: A002 -- the domain's word
    *,
    case: Case,
    by: AbstractBaseUser | None,
    filed_on: date | None = None,
    note: str = "",
) -> Dossier:
    """Enter a product in a round. The dossier keeps the regime of the day of filing (of the round, while the day is
    unknown) for ever. Raises EntryRefused, NoRegime or ValidationError.
    """
    audit.lock(product)
    _refuse_wrong_case(product, case, filed_on)
    dossier = Dossier(
        round=round,
        product=product,
        producer=product.producer,
        commune=product.commune,
        case=case,
        regime=_regime_of(round, filed_on),
        filed_on=filed_on,
        note=note,
        is_illustrative=product.is_illustrative,
    )
    return audit.create(dossier, by=by)


def _regime_of(round: Round, filed_on: date | None) -> Regime:  # noqa: A002
    return round.regime if filed_on is None else regulations.regime_on(filed_on)


def _refuse_wrong_case(product: Product, case: Case, filed_on: date | None) -> None:
    earlier = Recognition.objects.filter(product=product)
    if filed_on is not None:
        earlier = earlier.filter(decided_on__lt=filed_on)
    if case == Case.FIRST and earlier.exists():
        raise EntryRefused(f"“{product}” đã từng được công nhận. Chọn nâng hạng hoặc đánh giá lại.")
    if case != Case.FIRST and not earlier.exists():
        raise EntryRefused(f"“{product}” chưa từng được công nhận. Chọn hình thức lần đầu.")


@transaction.atomic
def update_dossier(
    dossier: Dossier, values: Mapping[str, Any], *, by: AbstractBaseUser | None, version: int | None = None
) -> Dossier:
    """Correct a dossier. A corrected day of filing takes its regime along; an outcome other than “được công nhận”
    lets go of the recognition.
    """
    changes = dict(values)
    _refuse_other_case(dossier, changes)
    if "filed_on" in changes and changes["filed_on"] not in {None, dossier.filed_on}:
        changes["regime"] = regulations.regime_on(changes["filed_on"])
    outcome = changes.get("outcome", dossier.outcome)
    if outcome != Dossier.Outcome.RECOGNISED:
        changes["recognition"] = None
    elif changes.get("recognition", dossier.recognition) is None:
        raise OutcomeRefused(
            "Kết quả “được công nhận” phải gắn với một lần công nhận. Ghi công nhận của sản phẩm trước."
        )
    _refuse_foreign_recognition(dossier, changes.get("recognition"))
    return audit.update(dossier, changes, by=by, version=version)


def _refuse_other_case(dossier: Dossier, changes: Mapping[str, Any]) -> None:
    """The case of a decided dossier is also that of its recognition; figures count by both."""
    if dossier.outcome != Dossier.Outcome.PENDING and changes.get("case", dossier.case) != dossier.case:
        raise OutcomeRefused(
            "Hồ sơ đã có kết quả nên không đổi hình thức. Đưa kết quả về “chưa có kết quả”, đổi hình thức, rồi ghi lại kết quả."
        )


def _refuse_foreign_recognition(dossier: Dossier, recognition: Recognition | None) -> None:
    if recognition is not None and recognition.product_id != dossier.product_id:
        raise OutcomeRefused(f"Lần công nhận này là của sản phẩm khác. Chọn một lần công nhận của “{dossier.product}”.")


@transaction.atomic
def record_outcome(
    dossier: Dossier,
    outcome: str,
    *,
    by: AbstractBaseUser | None,
    decision: Decision | None = None,
    version: int | None = None,
) -> Dossier:
    """Record what became of an entry. For “được công nhận” the decision makes the product's recognition under the
    regime of the dossier; otherwise the product keeps what it has (a failed upgrade takes nothing away).
    Raises OutcomeRefused, RecognitionRefused, StarsNotCertified, VersionConflict or ValidationError.
    """
    current = audit.lock(dossier)
    if current.outcome == Dossier.Outcome.RECOGNISED:
        raise OutcomeRefused("Hồ sơ đã có kết quả được công nhận. Muốn sửa thì sửa lần công nhận của sản phẩm.")
    recognised = outcome == Dossier.Outcome.RECOGNISED
    if recognised != (decision is not None):
        raise OutcomeRefused("Nhập quyết định khi hồ sơ được công nhận; kết quả khác thì bỏ trống quyết định.")
    recognition = None
    if decision is not None:
        recognition = record_recognition(current.product, decision, by=by, regime=current.regime)
    changes = {"outcome": outcome, "recognition": recognition}
    return audit.update(dossier, changes, by=by, version=version, action="record_outcome")
