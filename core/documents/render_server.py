"""The process that lays out pages: loads WeasyPrint and the fonts once, then forks a limited child per document.

Started by `core.documents.pdf` as `python -m core.documents.render_server`. It knows no Django, no database and no
secret, reads requests from standard input and answers on standard output. A message is a length (4 bytes, big
endian) and that many bytes: a request is JSON, an answer one byte of kind and its body:

    P  the PDF
    F  the document cannot be laid out; the body is the reason: "cpu", "memory" or "layout"
    I  the child was killed or ran out of its time on the clock; the body says which
"""

import contextlib
import ctypes
import gc
import json
import os
import resource
import select
import signal
import struct
import sys
import time
from collections.abc import Iterator
from typing import Any

from core.documents import blocks
from core.documents.html import to_html
from core.jobs.stages import reached

WATCH_SECONDS = 0.5  # how often the server looks whether the process it serves is still there
_PR_SET_PDEATHSIG = 1
_CHUNK = 1 << 16
_CPU_SLACK = 0.5
_COLLECT_AFTER = (50_000, 20, 100)  # objects: a child lives for one document, of which nearly everything is kept
# How the C libraries under WeasyPrint end when the memory they ask for is refused.
_OUT_OF_MEMORY = {signal.SIGABRT, signal.SIGTRAP, signal.SIGSEGV, signal.SIGBUS}


def send(fd: int, body: bytes) -> None:
    """Write one message."""
    view = memoryview(struct.pack(">I", len(body)) + body)
    while view:
        view = view[os.write(fd, view) :]


def receive(fd: int, deadline: float | None = None) -> bytes | None:
    """Read one message; None when the other side closed. TimeoutError past `deadline` (monotonic seconds)."""
    size = _read(fd, 4, deadline)
    return None if size is None else _read(fd, struct.unpack(">I", size)[0], deadline)


def _read(fd: int, count: int, deadline: float | None) -> bytes | None:
    data = bytearray()
    while len(data) < count:
        if deadline is not None and not select.select([fd], [], [], max(0.0, deadline - time.monotonic()))[0]:
            raise TimeoutError
        part = os.read(fd, min(_CHUNK, count - len(data)))
        if not part:
            return None
        data += part
    return bytes(data)


class Layout:
    """WeasyPrint with its fonts, ready to be forked."""

    def __init__(self) -> None:
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher

        self._html = weasyprint.HTML
        self._fonts = FontConfiguration()
        # A document carries everything in itself: no file and no address is ever opened for it.
        self._fetcher = URLFetcher(allowed_protocols=("data",), allow_redirects=False)

    def pdf(self, html: str, identifier: str) -> bytes:
        page = self._html(string=html, url_fetcher=self._fetcher, base_url=None)
        result: bytes = page.write_pdf(font_config=self._fonts, pdf_identifier=identifier.encode(), pdf_version="1.7")
        return result

    def warm(self) -> None:
        """Lay out one document with every letter, block and style, so that children inherit what that loads."""
        self.pdf(to_html(_sample()), "00")
        gc.collect()
        gc.freeze()  # the collector leaves these pages alone: children share them


def _sample() -> blocks.Document:
    """Two short pages with every block and style, and every letter once upright, bold and italic."""
    letters = " ".join(map(chr, [*range(0x21, 0x7F), *range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA)]))
    few = "Biểu mẫu số 1"
    columns = tuple(blocks.Column(str(n), few, 1, align, ("Nhóm",)) for n, align in enumerate(blocks.Align))
    rows = tuple(blocks.Row((blocks.Cell(few), blocks.Cell(), blocks.Cell("1", 1)), kind) for kind in blocks.RowKind)
    table = blocks.Table(columns, rows, column_numbers=True)
    annex = blocks.Annex("bieu-1", few, few, few, table, few, (few,))
    return blocks.Document(
        title="",
        language="vi",
        identity="00",
        dated="2020-03-05",
        letterhead=blocks.LetterheadBlock(("ỦY BAN NHÂN DÂN",), "Số: ……/KH-UBND", few, "KẾ HOẠCH", few),
        body=(
            blocks.Heading(1, few),
            blocks.Heading(2, letters, few),
            blocks.Paragraph(letters),
            blocks.Paragraph(letters, blocks.ParagraphKind.LEGAL_BASIS),
            *(blocks.Paragraph(few, kind) for kind in blocks.ParagraphKind),
        ),
        signature=blocks.SignatureBlock((few,), (few,), few),
        annexes=(annex,),
    )


def _limit(request: dict[str, Any]) -> None:
    cpu, memory = int(request["cpu"]), int(request["memory"]) << 20
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError, AttributeError):  # only Linux can tie a child's life to its parent's
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _child(layout: Layout, request: dict[str, Any], out: int) -> None:
    """Render in the forked process; its whole answer goes to `out`. Does not return."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        _limit(request)
        gc.set_threshold(*_COLLECT_AFTER)
        reached("pdf")
        answer = b"P" + layout.pdf(request["html"], request["identifier"])
    except MemoryError:
        answer = b"Fmemory"
    except BaseException as error:  # noqa: BLE001 -- whatever it was, the answer must go out
        print(f"render_server: {type(error).__name__}: {error}", file=sys.stderr, flush=True)  # noqa: T201
        answer = b"Fmemory" if "memory" in str(error).lower() else b"Flayout"
    try:
        send(out, answer)
    finally:
        os._exit(0)


def _gone(parent: int) -> bool:
    return os.getppid() != parent


def _render(layout: Layout, request: dict[str, Any], parent: int) -> bytes:
    """Fork, wait within the limits, and give the answer to send."""
    read_end, write_end = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(read_end)
        _child(layout, request, write_end)
    os.close(write_end)
    deadline = time.monotonic() + float(request["wall"])
    answer: bytes | None = None
    late = False
    while True:
        ready = select.select([read_end], [], [], WATCH_SECONDS)[0]
        if ready:
            with contextlib.suppress(TimeoutError):
                answer = receive(read_end, deadline)
            break
        late = time.monotonic() > deadline
        if late or _gone(parent):
            break
    os.close(read_end)
    if answer is None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    _pid, status, usage = os.wait4(pid, 0)
    if answer is not None:
        return answer
    ended_by = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    if ended_by == signal.SIGXCPU or usage.ru_utime + usage.ru_stime >= float(request["cpu"]) - _CPU_SLACK:
        return b"Fcpu"
    if ended_by in _OUT_OF_MEMORY:
        return b"Fmemory"
    return b"Itime" if late else b"Ikilled"


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep Fontconfig from complaining that it has no folder for a cache: four fonts need none."""
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def serve(requests: int, replies: int, parent: int) -> None:
    """Answer requests until the other side closes or is gone."""
    with _quiet():
        layout = Layout()
        layout.warm()
    send(replies, b"R")
    while not _gone(parent):
        if not select.select([requests], [], [], WATCH_SECONDS)[0]:
            continue
        message = receive(requests)
        if message is None:
            return
        send(replies, _render(layout, json.loads(message), parent))


def main() -> None:
    """Keep the two pipes apart from what libraries may print, then serve."""
    replies = os.dup(1)
    os.dup2(2, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the group: the parent decides when this ends
    with contextlib.suppress(BrokenPipeError):
        serve(0, replies, os.getppid())


if __name__ == "__main__":
    main()
