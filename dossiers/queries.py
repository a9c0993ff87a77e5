"""Entries of rounds as others need them."""

from django.db.models import QuerySet

from communes.models import Unit
from dossiers.models import Dossier


def entries_of_year(unit: Unit, year: int) -> QuerySet[Dossier]:
    """The entries of a unit's rounds of a year, in the order in which they were made."""
    entries: QuerySet[Dossier] = (
        Dossier.objects.filter(round__unit=unit, round__year=year)
        .select_related("round", "product", "producer", "commune", "recognition")
        .order_by("round__number", "pk")
    )
    return entries
