"""A job shaped like the making of a plan: collect, a PDF from a child process, DOCX, XLSX, one publication."""

import hashlib
import json
import subprocess
import sys
from functools import cache

from core.jobs import stages

KIND = "drill.document"
FILES = ("ke-hoach.pdf", "ke-hoach.docx", "biểu 1.xlsx")


class RenderChild:
    """A preloaded child that stays alive between jobs and is started anew after its death."""

    def __init__(self) -> None:
        self._child: subprocess.Popen | None = None

    def render(self, text: str) -> bytes:
        child = self._alive()
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(json.dumps(text) + "\n")
        child.stdin.flush()
        answer = child.stdout.readline()
        if not answer:
            raise RuntimeError("the rendering child died")
        return json.loads(answer).encode()

    def _alive(self) -> subprocess.Popen:
        if self._child is None or self._child.poll() is not None:
            self._child = subprocess.Popen(
                [sys.executable, "-m", "tests.drills.render_child"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            )  # fmt: skip
        return self._child


@cache
def render_child() -> RenderChild:
    return RenderChild()


def make_document(run):
    """The same stages as the real job; the texts depend on the payload alone."""
    from core.files import services as files

    run.step("Thu thập số liệu", 1, 4)
    text = f"Kế hoạch {run.payload['name']}"
    stages.reached("collected")
    run.step("Dàn trang PDF", 2, 4)
    pdf = render_child().render(text)
    stages.reached("pdf-done")
    run.step("Viết DOCX", 3, 4)
    docx = hashlib.sha512(pdf).digest()
    stages.reached("docx-done")
    run.step("Viết XLSX", 4, 4)
    xlsx = hashlib.sha512(docx).digest()
    stages.reached("xlsx-done")

    def publish():
        stored = [
            files.store_generated(
                name, data, "application/octet-stream", by=None, owner_kind="drill", owner_id=run.job.pk
            )
            for name, data in zip(FILES, (pdf, docx, xlsx), strict=True)
        ]
        return {"files": [str(one.uuid) for one in stored]}

    return publish
