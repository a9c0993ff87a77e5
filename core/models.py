"""Bases of the rows that people edit."""

from django.db import models

from core.fields import TextLineField


class EditableRow(models.Model):
    """A row that two people may edit: the version tells the second that the first was there.

    `core.audit.services` is the only writer; it raises the version with every change.
    """

    version = models.PositiveIntegerField("phiên bản", default=1, editable=False)
    updated_at = models.DateTimeField("sửa lần cuối", auto_now=True)

    class Meta:
        abstract = True


class MaybeIllustrative(models.Model):
    """A row that may be invented for the demonstration, and then says so wherever it is shown."""

    is_illustrative = models.BooleanField("minh họa", default=False)
    source_note = TextLineField("nguồn số liệu", max_length=300, blank=True)

    class Meta:
        abstract = True
