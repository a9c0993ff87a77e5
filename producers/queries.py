"""Finding producers that may be the one being typed."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from communes.models import Unit
from core.vietnamese.folding import fold
from producers.models import Producer

# Names stand beside hundreds of others of a commune; below this two names read as two businesses.
NEAR = 0.86

# Words that say what kind of business it is, and so say nothing about which.
_KIND_WORDS = frozenset([
    "co", "so", "san", "xuat", "kinh", "doanh", "ho", "cong", "ty", "tnhh", "cp", "phan", "mot", "thanh",
    "vien", "mtv", "hop", "tac", "xa", "htx", "to", "nghiep", "tu", "nhan", "dntn", "chi", "nhanh", "phat",
    "trien", "thuong", "mai", "dich", "vu", "va",
])  # fmt: skip


@dataclass(frozen=True, slots=True)
class NearName:
    """A producer whose name is so near that it may be the same business; `likeness` from 0 to 1."""

    producer: Producer
    likeness: float


def near_names(name: str, commune: Unit | None, *, exclude: Producer | None = None) -> list[NearName]:
    """Producers of the commune whose names read the same without marks, case and words of the kind of business,
    the nearest first. The whole country is too much to compare with: without a commune nothing is near.
    """
    wanted = _bare(name)
    if not wanted or commune is None:
        return []
    others = Producer.objects.filter(commune=commune)
    if exclude is not None and exclude.pk is not None:
        others = others.exclude(pk=exclude.pk)
    found = [
        NearName(other, likeness) for other in others if (likeness := _likeness(wanted, _bare(other.name))) >= NEAR
    ]
    return sorted(found, key=lambda near: (-near.likeness, near.producer.name_key))


def _bare(name: str) -> str:
    words = [word.strip(".,;:()“”\"'") for word in fold(name).split()]
    telling = [word for word in words if word and word not in _KIND_WORDS]
    return " ".join(telling or words)


def _likeness(one: str, other: str) -> float:
    """How alike two names are; a name that holds all words of the other (two at least) is near in any case."""
    shorter, longer = sorted((set(one.split()), set(other.split())), key=len)
    ratio = SequenceMatcher(None, one, other, autojunk=False).ratio()
    return max(ratio, NEAR) if len(shorter) > 1 and shorter <= longer else ratio


def by_tax_number(tax_number: str) -> Producer | None:
    """The producer with this tax number, wherever it is."""
    return Producer.objects.filter(tax_number=tax_number).select_related("commune").first() if tax_number else None
