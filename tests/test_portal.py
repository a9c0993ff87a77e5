"""The entry script as a user meets it: a folder with nothing in it, one command."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 90

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("portal"),
    # Without its stamp the environment would be installed again under the feet of the running tests.
    pytest.mark.skipif(not (ROOT / ".venv/.stamp").exists(), reason="the environment was not made by ./portal"),
]


def environment(folder: Path) -> dict[str, str]:
    """What a user's shell holds, with the portal's own folder moved to `folder`."""
    return {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), "OCOP_VAR_DIR": str(folder)}


def portal(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [ROOT / "portal", *arguments],
        env=environment(folder),
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The portal's folder, empty at first and shared by the tests of this file."""
    return tmp_path_factory.mktemp("var")


def test_unknown_command_is_refused_with_the_list(folder):
    run = portal("demonstrate", folder=folder)

    assert run.returncode == 1
    assert run.stdout == ""
    assert "./portal demo" in run.stderr
    assert "there is no command 'demonstrate'" in run.stderr


def test_first_command_sets_up_and_the_second_has_nothing_to_do(folder):
    expected = "System check identified no issues (0 silenced).\n"

    first = portal("manage", "check", folder=folder)
    second = portal("manage", "check", folder=folder)

    assert (first.returncode, first.stdout) == (0, expected), first.stderr
    assert (folder / "ocop.sqlite3.data.stamp").exists()
    assert (second.returncode, second.stdout, second.stderr) == (0, expected, "")


def test_given_database_is_left_alone(folder, tmp_path):
    given = tmp_path / "given.sqlite3"

    run = subprocess.run(
        [ROOT / "portal", "manage", "check"],
        env={**environment(folder), "DATABASE_URL": f"sqlite:///{given}"},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    )

    assert run.stderr == ""
    assert not given.exists()


class Demo:
    """A running `./portal demo`."""

    def __init__(self, folder: Path) -> None:
        with (folder / "demo.log").open("w") as log:
            self.process = subprocess.Popen(
                [ROOT / "portal", "demo", "--port", "0"],
                env=environment(folder),
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert self.process.stdout
        self.line = self.process.stdout.readline()
        found = re.search(r"http://localhost:\d+/", self.line)
        if not found:
            self.stop()
            pytest.fail((folder / "demo.log").read_text())
        self.address = found[0]

    def children(self) -> dict[str, int]:
        """Process ids of the web server and the job runner."""
        parent = self.process.pid
        pids = {}
        for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split():
            arguments = Path(f"/proc/{pid}/cmdline").read_text().split("\0")
            pids["jobs" if "jobs" in arguments else "web"] = int(pid)
        return pids

    def status(self) -> int:
        try:
            with urllib.request.urlopen(self.address, timeout=10) as response:
                return response.status
        except urllib.error.HTTPError as error:
            return error.code

    def stop(self) -> int:
        self.process.terminate()
        status = self.process.wait(PATIENCE)
        assert self.process.stdout
        self.process.stdout.close()
        return status


@pytest.fixture
def demo(folder: Path) -> Iterator[Demo]:
    running = Demo(folder)
    yield running
    running.stop()


def is_alive(pid: int) -> bool:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, 0)
        return True
    return False


def wait_until(condition) -> bool:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.1)
    return False


def test_demo_answers_at_the_address_it_prints_and_stops_both_processes(demo):
    children = demo.children()

    assert set(children) == {"web", "jobs"}
    assert demo.status() == 200
    assert demo.stop() == 0
    assert not any(is_alive(pid) for pid in children.values())


def test_demo_starts_a_killed_job_runner_again(demo):
    killed = demo.children()["jobs"]

    os.kill(killed, signal.SIGKILL)

    assert wait_until(lambda: demo.children().get("jobs", killed) != killed)
    assert demo.status() == 200


def test_demo_killed_outright_leaves_no_process_behind(demo):
    children = demo.children()

    demo.process.kill()

    assert wait_until(lambda: not any(is_alive(pid) for pid in children.values()))


def test_demo_on_a_taken_port_says_so(folder):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()

        run = portal("demo", "--port", str(other.getsockname()[1]), folder=folder)

    assert run.returncode == 1
    assert "đang có chương trình khác dùng" in run.stderr
