"""The drill's hand in the portal's database: reads one JSON command per line, answers with one line."""

import json
import sys
from datetime import timedelta
from pathlib import Path

import django


def set_up() -> dict:
    from django.core.management import call_command

    call_command("migrate", run_syncdb=True, interactive=False, verbosity=0)
    return {}


def enqueue(key: str) -> dict:
    from core.jobs import services
    from tests.drills import handlers

    return {"id": services.enqueue(handlers.KIND, {"name": key}, key=key, by=None).pk}


def look(job_id: int) -> dict:
    from core.jobs.models import Job

    job = Job.objects.get(pk=job_id)
    lease = job.lease_until.timestamp() if job.lease_until else None
    return {"state": job.state, "attempts": job.attempts, "token": job.token, "error": job.error, "lease_until": lease}


def count(job_id: int) -> dict:
    """What the job published, what of it is whole on disk, and bytes on disk that no row names."""
    from django.conf import settings

    from core.errors import Refused
    from core.files import services as files
    from core.files.models import StoredFile
    from core.jobs.models import Job

    rows = list(StoredFile.objects.filter(owner_kind="drill", owner_id=job_id))
    broken = 0
    for row in rows:
        try:
            files.read(row)
        except Refused:
            broken += 1
    listed = set(Job.objects.get(pk=job_id).result.get("files", []))
    keys = set(StoredFile.objects.values_list("key", flat=True))
    root = Path(settings.MEDIA_ROOT)
    on_disk = {str(path.relative_to(root)) for path in (root / files.FOLDER).rglob("*") if path.is_file()}
    swept = files.sweep_orphans(older_than=timedelta(0))
    left = {str(path.relative_to(root)) for path in (root / files.FOLDER).rglob("*") if path.is_file()}
    return {
        "rows": len(rows), "broken": broken, "unlisted": len({str(row.uuid) for row in rows} ^ listed),
        "lost": len(keys - on_disk), "orphans": len(on_disk - keys), "swept": swept, "left": len(left - keys),
    }  # fmt: skip


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
