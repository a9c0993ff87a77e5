"""Reading the log: the history of a row, and whether the log is whole."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection, models
from django.db.models import Max, Q

from core.audit import triggers
from core.audit.models import GENESIS, SEAL_WINDOW, AuditEntry, Seal, subject_type

CHUNK = 2000


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with the log; `sentence` names the row and what happened to it."""

    entry_id: int | None
    sentence: str


@dataclass(frozen=True)
class Verification:
    """What a check of the whole log found. `head` is the last link of the chain (64 zeros when nothing is sealed)."""

    rows: int
    sealed: int
    unsealed: int
    faults: tuple[Fault, ...]
    head: str

    @property
    def is_whole(self) -> bool:
        return not self.faults


def timeline(subject: models.Model) -> models.QuerySet[AuditEntry]:
    """The entries about a row, newest first."""
    return AuditEntry.objects.filter(subject_type=subject_type(subject), subject_pk=str(subject.pk)).order_by("-pk")


def head() -> str:
    """The last link of the chain, to be printed on documents and kept elsewhere."""
    last = Seal.objects.order_by("-number").values_list("chain_hash", flat=True).first()
    return last or GENESIS


def verify() -> Verification:
    """Check every row against its hash and every seal against the chain, in pieces of bounded size.

    Rows sealed while the check runs count as waiting. A removed tail of both tables shows only when `head` is compared
    with one written down elsewhere.
    """
    last = Seal.objects.aggregate(last=Max("number"))["last"] or 0
    faults = [
        Fault(None, f"Thiếu khóa chống sửa nhật ký {name} trong cơ sở dữ liệu.")
        for name in triggers.missing(connection)
    ]
    sealed, chain_head, newest = 0, GENESIS, None
    for seals in _chunks_of_seals(last):
        entries = AuditEntry.objects.in_bulk([seal.entry_id for seal in seals])
        for seal in seals:
            entry = entries.get(seal.entry_id)
            faults.extend(_faults_of_link(seal, entry, expected_number=sealed + 1, previous=chain_head))
            sealed, chain_head = seal.number, seal.chain_hash
            newest = entry or newest
    unsealed = 0
    oldest_allowed = newest.at - SEAL_WINDOW if newest else None
    for entry in (
        AuditEntry.objects.filter(Q(seal__isnull=True) | Q(seal__number__gt=last)).order_by("pk").iterator(CHUNK)
    ):
        unsealed += 1
        if entry.compute_hash() != entry.row_hash:
            faults.append(Fault(entry.pk, f"Dòng {entry.pk} (chưa niêm) đã bị sửa: nội dung không khớp mã băm."))
        if oldest_allowed is not None and entry.at < oldest_allowed:
            faults.append(Fault(entry.pk, f"Dòng {entry.pk} bị chèn vào sau: ghi lúc cũ mà không có dấu niêm."))
    present = AuditEntry.objects.filter(seal__number__lte=last).count()
    return Verification(present + unsealed, present, unsealed, tuple(faults), chain_head)


def _chunks_of_seals(last: int) -> Iterator[list[Seal]]:
    after: int | None = None
    while True:
        seals = Seal.objects.filter(number__lte=last).order_by("number")
        chunk = list((seals if after is None else seals.filter(number__gt=after))[:CHUNK])
        if not chunk:
            return
        yield chunk
        after = chunk[-1].number


def _faults_of_link(seal: Seal, entry: AuditEntry | None, *, expected_number: int, previous: str) -> Iterator[Fault]:
    """What is wrong with one seal, its row and its place in the chain."""
    if seal.number != expected_number:
        yield Fault(seal.entry_id, f"Thiếu dấu niêm từ số {expected_number} đến số {seal.number - 1}.")
    if entry is None:
        yield Fault(seal.entry_id, f"Dòng {seal.entry_id} đã bị xóa: dấu niêm số {seal.number} vẫn còn.")
        return
    if entry.compute_hash() != entry.row_hash:
        yield Fault(entry.pk, f"Dòng {entry.pk} đã bị sửa: nội dung không khớp mã băm.")
    if seal.number == expected_number and Seal.chain(previous, entry.row_hash) != seal.chain_hash:
        yield Fault(entry.pk, f"Chuỗi niêm đứt ở số {seal.number} (dòng {entry.pk}): mã băm không nối với số trước.")
