"""The same records give the same bytes in another process, whatever order its sets have."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)


def manage(folder: Path, *arguments: str, seed: str = "0") -> subprocess.Popen:
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{folder / 'records.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "ocop_portal.settings.dev",
        "OCOP_TODAY": "2022-01-10",
        "OCOP_VAR_DIR": str(folder / "var"),
        "PYTHONHASHSEED": seed,
    }
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    return subprocess.Popen(
        command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def done(process: subprocess.Popen) -> str:
    told, _ = process.communicate(timeout=180)
    assert process.returncode == 0, told
    return told


@pytest.mark.slow
def test_two_processes_with_other_hash_seeds_write_equal_files(tmp_path):
    done(manage(tmp_path, "migrate", "--verbosity=0"))
    done(manage(tmp_path, "load_regulations"))
    done(manage(tmp_path, "load_unit_data", "demo/tan-hong-2022.yaml"))

    folders = [tmp_path / seed for seed in ("1", "4242")]
    running = [manage(tmp_path, "generate_plan", "869", "2022", "--output", str(f), seed=f.name) for f in folders]
    for process in running:
        done(process)

    first, second = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in folders)
    assert len(first) == 6
    assert first == second
