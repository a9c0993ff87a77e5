"""The drill's hand in the portal's database: reads one JSON command per line, answers with one line."""

import json
import os
import sys
from datetime import timedelta
from io import StringIO
from pathlib import Path

import django

from tests.drills import handlers

DEMO = Path(__file__).resolve().parents[2] / "demo" / "tan-hong-2022.yaml"
PLAN_FILES = 6  # the PDF, the DOCX and four workbooks


class TestKind:
    """The drill's own job: three files, named in the job's result."""

    kind = handlers.KIND

    def set_up(self) -> None:
        """Nothing to load."""

    def payload(self, key: str) -> dict:
        return {"name": key}

    def published(self, job_id: int) -> tuple[list, int, int]:
        """The stored files, how many there must be, and how many of them are not what the job says it published."""
        from core.files.models import StoredFile
        from core.jobs.models import Job

        rows = list(StoredFile.objects.filter(owner_kind="drill", owner_id=job_id))
        listed = set(Job.objects.get(pk=job_id).result.get("files", []))
        return rows, len(handlers.FILES), len({str(row.uuid) for row in rows} ^ listed)


class PlanKind:
    """The real job: the plan of the demonstration, made anew for every point."""

    kind = "plans.generate"

    def set_up(self) -> None:
        from django.core.management import call_command

        call_command("load_regulations", verbosity=0, stdout=StringIO())
        call_command("load_unit_data", str(DEMO), verbosity=0, stdout=StringIO())

    def payload(self, key: str) -> dict:
        """Forget what earlier points published: an unchanged plan would not be rendered again."""
        from core.documents.models import GeneratedDocument, GeneratedFile
        from core.files import services as files
        from core.files.models import StoredFile
        from plans.models import Plan

        GeneratedFile.objects.all().delete()
        GeneratedDocument.objects.all().delete()
        StoredFile.objects.all().delete()
        files.sweep_orphans(older_than=timedelta(0))
        return {"plan": Plan.objects.get(year=2022).pk}

    def published(self, job_id: int) -> tuple[list, int, int]:
        """As for the test kind; a second document or a second entry in the log would be one too many."""
        from core.audit.queries import timeline
        from core.documents.models import GeneratedDocument, GeneratedFile
        from core.files.models import StoredFile
        from core.jobs.models import Job

        rows, document = list(StoredFile.objects.all()), Job.objects.get(pk=job_id).result.get("document")
        listed = set(GeneratedFile.objects.filter(document=document).values_list("stored_file_id", flat=True))
        entries = [timeline(one).filter(action="publish").count() for one in GeneratedDocument.objects.all()]
        extra = 0 if entries == [1] else 1
        return rows, PLAN_FILES, len({row.pk for row in rows} ^ listed) + extra


def the_kind() -> TestKind | PlanKind:
    return PlanKind() if os.environ.get("OCOP_DRILL_KIND") == PlanKind.kind else TestKind()


def set_up() -> dict:
    from django.core.management import call_command

    call_command("migrate", run_syncdb=True, interactive=False, verbosity=0)
    the_kind().set_up()
    return {}


def enqueue(key: str) -> dict:
    from core.jobs import services

    kind = the_kind()
    return {"id": services.enqueue(kind.kind, kind.payload(key), key=key, by=None).pk}


def look(job_id: int) -> dict:
    from core.jobs.models import Job

    job = Job.objects.get(pk=job_id)
    lease = job.lease_until.timestamp() if job.lease_until else None
    return {"state": job.state, "attempts": job.attempts, "token": job.token, "error": job.error, "lease_until": lease}


def count(job_id: int) -> dict:
    """What the job published, what of it is whole on disk, and bytes on disk that no row names."""
    from core.files import services as files
    from core.files.models import StoredFile

    rows, expected, unlisted = the_kind().published(job_id)
    keys, on_disk = set(StoredFile.objects.values_list("key", flat=True)), _on_disk()
    swept = files.sweep_orphans(older_than=timedelta(0))
    return {
        "rows": len(rows), "expected": expected, "broken": sum(map(_is_broken, rows)), "unlisted": unlisted,
        "lost": len(keys - on_disk), "swept": swept, "left": len(_on_disk() - keys),
    }  # fmt: skip


def _is_broken(row) -> bool:
    from core.errors import Refused
    from core.files import services as files

    try:
        files.read(row)
    except Refused:
        return True
    return False


def _on_disk() -> set[str]:
    from django.conf import settings

    from core.files import services as files

    root = Path(settings.MEDIA_ROOT)
    return {str(path.relative_to(root)) for path in (root / files.FOLDER).rglob("*") if path.is_file()}


COMMANDS = {"set_up": set_up, "enqueue": enqueue, "look": look, "count": count}


def main() -> None:
    django.setup()
    from django.db import close_old_connections

    for line in sys.stdin:
        command = json.loads(line)
        answer = COMMANDS[command.pop("do")](**command)
        close_old_connections()
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
