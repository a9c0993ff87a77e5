"""Serves the demonstration: web pages and the job runner under one parent, which stops both.

Called by `./portal demo`, with the environment already set. Prints the address in one line.
"""

import argparse
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parents[1]
FIRST_PORT = 8000
PORTS_TO_TRY = 20
START_SECONDS = 60
STOP_SECONDS = 10
QUICK_DEATHS = 3
PR_SET_PDEATHSIG = 1


def open_port(port: int | None) -> socket.socket:
    """A listening socket on `port`; without one, on the first free port from 8000 (0 = any free port).

    Raises OSError when the port asked for is taken.
    """
    wanted = range(FIRST_PORT, FIRST_PORT + PORTS_TO_TRY) if port is None else (port,)
    taken = OSError("no port")
    for number in wanted:
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", number))
        except OSError as error:
            listener.close()
            taken = error
        else:
            listener.listen(128)
            listener.set_inheritable(True)
            return listener
    raise taken


def die_with_parent() -> None:
    """Ask Linux to end this child when the parent is killed outright, so that no port stays taken."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Child:
    """One of the two processes; started again when it dies, unless it keeps dying."""

    def __init__(self, command: list[str], *, keep_open: tuple[int, ...] = ()) -> None:
        self.command = command
        self.keep_open = keep_open
        self.deaths: list[float] = []
        self.start()

    def start(self) -> None:
        # A session of its own: Ctrl-C reaches the parent alone, which then stops both in order.
        self.process = subprocess.Popen(
            [sys.executable, *self.command],
            cwd=ROOT,
            pass_fds=self.keep_open,
            # Standard output holds the address and nothing else.
            stdout=sys.stderr,
            start_new_session=True,
            preexec_fn=die_with_parent,
        )

    def look_after(self) -> bool:
        """Start the process again if it died; False when it died too often to go on."""
        if self.process.poll() is None:
            return True
        self.deaths = [moment for moment in self.deaths if time.monotonic() - moment < START_SECONDS]
        self.deaths.append(time.monotonic())
        if len(self.deaths) >= QUICK_DEATHS:
            return False
        self.start()
        return True

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()

    def wait(self) -> None:
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def answers(address: str) -> bool:
    """Whether the web server answers, whatever the answer."""
    try:
        with urllib.request.urlopen(address, timeout=5):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def serve(port: int | None) -> int:
    """Serve until told to stop (exit status 0) or until a process keeps dying (1)."""
    try:
        listener = open_port(port)
    except OSError:
        where = f"Cổng {port}" if port else f"Các cổng {FIRST_PORT}–{FIRST_PORT + PORTS_TO_TRY - 1}"
        print(f"{where} đang có chương trình khác dùng: chọn cổng khác bằng --port N. (Port taken.)", file=sys.stderr)
        return 1
    address = f"http://localhost:{listener.getsockname()[1]}/"
    gunicorn = ["-m", "gunicorn", "ocop_portal.wsgi", "--bind", f"fd://{listener.fileno()}", "--log-level", "warning"]
    gunicorn += ["--workers", "2", "--worker-class", "gthread", "--threads", "4", "--no-control-socket"]
    web = Child(gunicorn, keep_open=(listener.fileno(),))
    jobs = Child(["manage.py", "jobs"])

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    announced = False
    try:
        while web.look_after() and jobs.look_after():
            if not announced and answers(address):
                print(f"Cổng OCOP (bản dùng thử): {address}  · Ctrl-C để dừng (to stop)", flush=True)
                announced = True
            time.sleep(0.3)
    except KeyboardInterrupt:
        return 0
    finally:
        for child in (web, jobs):
            child.stop()
        for child in (web, jobs):
            child.wait()
    print("Máy chủ dừng vì một tiến trình không chạy được, xem lỗi ở trên. (A process keeps failing.)", file=sys.stderr)
    return 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ocop_portal.settings.dev")
    sys.exit(serve(parser.parse_args().port))
