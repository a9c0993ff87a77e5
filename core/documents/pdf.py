"""Blocks -> PDF, by WeasyPrint in a limited process apart (see `core.documents.render_server`)."""

import atexit
import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

from django.conf import settings

from core.documents.blocks import Document
from core.documents.errors import RenderFailed, RenderInterrupted
from core.documents.html import to_html
from core.documents.render_server import receive, send
from core.documents.text import FONTS, check_printable

START_SECONDS = 60.0
GRACE_SECONDS = 15.0  # the server ends a late child itself; this is for a server that hangs
_ROOT = Path(__file__).resolve().parents[2]
_SENTENCES = {
    b"cpu": "Văn bản quá dài hoặc quá phức tạp, không dàn trang xong trong {cpu} giây xử lý. "
    "Hãy rút gọn nội dung hoặc chia bảng lớn thành nhiều biểu rồi tạo lại.",
    b"memory": "Văn bản cần nhiều hơn {memory} MB bộ nhớ để dàn trang. Hãy chia bảng lớn thành nhiều biểu rồi tạo lại.",
    b"layout": "Không dàn trang được văn bản này. Hãy xem lại các đoạn vừa sửa gần đây; "
    "nếu vẫn không được, báo người quản trị kèm giờ bấm nút.",
}


def render_pdf(document: Document) -> bytes:
    """The PDF of a document, equal bytes for equal documents.

    Raises RenderFailed (Vietnamese, final) when the document cannot be laid out within the limits, and
    RenderInterrupted (worth another try) when the process was killed from outside twice.
    """
    check_printable(document)
    html = to_html(document)
    try:
        return _SERVER.render(html, document.identity)
    except RenderInterrupted as interrupted:
        if interrupted.args != ("killed",):
            raise
        return _SERVER.render(html, document.identity)


class PdfMeanwhile:
    """`render_pdf` begun: pages are laid out in the other process while this one makes the other formats."""

    def __init__(self, document: Document) -> None:
        self._data = b""
        self._error: Exception | None = None
        self._thread = threading.Thread(target=self._work, args=(document,), daemon=True)
        self._thread.start()

    def _work(self, document: Document) -> None:
        try:
            self._data = render_pdf(document)
        except Exception as error:  # noqa: BLE001 -- raised again where the result is asked for
            self._error = error

    def result(self) -> bytes:
        """Wait for the PDF. Raises what `render_pdf` raises."""
        self._thread.join()
        if self._error is not None:
            raise self._error
        return self._data


class RenderServer:
    """One render server of this process, started at the first request and again whenever it has died.

    Threads take turns. After a fork the child process starts its own: the inherited pipes belong to the parent.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        os.register_at_fork(after_in_child=self._forget)

    def render(self, html: str, identifier: str) -> bytes:
        request = {
            "html": html,
            "identifier": identifier,
            "cpu": settings.PDF_CPU_SECONDS,
            "memory": settings.PDF_MEMORY_MB,
            "wall": settings.PDF_WALL_SECONDS,
        }
        with self._lock:
            answer = self._ask(json.dumps(request).encode())
        kind, body = answer[:1], answer[1:]
        if kind == b"P":
            return body
        if kind == b"F":
            sentence = _SENTENCES.get(body, _SENTENCES[b"layout"])
            raise RenderFailed(sentence.format(cpu=settings.PDF_CPU_SECONDS, memory=settings.PDF_MEMORY_MB))
        raise RenderInterrupted(body.decode())

    def start(self) -> None:
        """Start the server now, so that the first document does not wait for it."""
        with self._lock:
            self._running()

    def pid(self) -> int | None:
        """Process id of the running server, for drills and tests."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def close(self) -> None:
        """End the server and collect it."""
        process, self._process = self._process, None
        if process is None or self._owner != os.getpid():
            return
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        process.kill()
        process.wait()

    def _ask(self, message: bytes) -> bytes:
        process = self._running()
        assert process.stdin is not None  # noqa: S101 -- made with PIPE below
        assert process.stdout is not None  # noqa: S101
        deadline = time.monotonic() + settings.PDF_WALL_SECONDS + GRACE_SECONDS
        try:
            send(process.stdin.fileno(), message)
            answer = receive(process.stdout.fileno(), deadline)
        except TimeoutError:
            self.close()
            raise RenderInterrupted("time") from None
        except OSError:
            answer = None
        if answer is None:
            self.close()
            raise RenderInterrupted("killed")
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.close()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "core.documents.render_server"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=_ROOT,
            env=_environment(),
            bufsize=0,
        )
        self._owner = os.getpid()
        assert self._process.stdout is not None  # noqa: S101
        try:
            ready = receive(self._process.stdout.fileno(), time.monotonic() + START_SECONDS)
        except TimeoutError:
            ready = None
        if ready != b"R":
            self.close()
            raise RenderFailed(
                "Máy chủ chưa có đủ thư viện để tạo PDF (Pango). Người quản trị cài gói libpango-1.0-0 và "
                "libpangoft2-1.0-0 rồi tạo lại."
            )
        return self._process

    def _forget(self) -> None:
        """In a forked child: the server, its pipes and perhaps a held lock are the parent's."""
        self._lock = threading.Lock()
        process, self._process = self._process, None
        if process is not None:
            process.returncode = 0  # not ours to wait for
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()


def _environment() -> dict[str, str]:
    """What the server sees: our fonts alone, and none of the portal's keys and passwords."""
    kept = ("PATH", "HOME", "TMPDIR", "VIRTUAL_ENV", "LD_LIBRARY_PATH", "OCOP_STAGE_HOLD", "OCOP_STAGE_DIR")
    return {
        **{name: os.environ[name] for name in kept if name in os.environ},
        "FONTCONFIG_FILE": str(FONTS / "fonts.conf"),
        "LANG": "C.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


_SERVER = RenderServer()
start_server = _SERVER.start
atexit.register(_SERVER.close)
