"""Reading the log: the history of a row, and whether the log is whole."""

from django.db import models

from core.audit.models import AuditEntry, subject_type


def timeline(subject: models.Model) -> models.QuerySet[AuditEntry]:
    """The entries about a row, newest first."""
    return AuditEntry.objects.filter(subject_type=subject_type(subject), subject_pk=str(subject.pk)).order_by("-pk")
