"""Named points on the way of a job, where a drill can hold the process and send it a signal.

Without the two variables below `reached` does nothing. A drill sets

- OCOP_STAGE_HOLD: the stage to hold at,
- OCOP_STAGE_DIR: a folder with a file `armed`; the first process that reaches the stage takes it (so one run is held,
  once), writes its process id into `held` and waits until a file `release` appears.

This module imports no Django, so that a rendering child can use it too.
"""

import os
import time
from pathlib import Path

NAMES = ("claimed", "collected", "pdf", "pdf-done", "docx-done", "xlsx-done", "before-publish", "published")
_LOOK_AGAIN_SECONDS = 0.05


def reached(name: str) -> None:
    """Say that the job has come to a stage; waits there only when a drill asked for it."""
    if os.environ.get("OCOP_STAGE_HOLD") != name:
        return
    folder = Path(os.environ["OCOP_STAGE_DIR"])
    try:
        (folder / "armed").rename(folder / f"taken-{os.getpid()}")
    except FileNotFoundError:
        return
    _announce(folder)
    while not (folder / "release").exists():
        time.sleep(_LOOK_AGAIN_SECONDS)


def _announce(folder: Path) -> None:
    """Write the marker whole or not at all: the drill reads it as soon as it is there."""
    draft = folder / "held.draft"
    draft.write_text(str(os.getpid()))
    draft.rename(folder / "held")
