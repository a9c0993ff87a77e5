"""Kill points of a job: eight stages times four faults, each with the result published exactly once.

A point: a worker is held at a stage, the fault is done to it, a second worker is there to take over, everything is
released, and then rows, files and bytes are counted. `python -m tests.drills.kill_points --help` for the command line.
"""

import argparse
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from core.jobs.stages import NAMES as STAGES

ROOT = Path(__file__).resolve().parents[2]
FAULTS = ("kill-child", "kill-worker", "term", "stop")
TEST_KIND, REAL_KIND = "drill.document", "plans.generate"
LEASE_SECONDS = 1.5
PATIENCE_SECONDS = 180.0  # what is promised: a document within three minutes of any fault


class DrillError(Exception):
    """The drill itself could not be done (a worker did not start, a stage was not reached)."""


@dataclass(frozen=True)
class Outcome:
    """What was found after one point. `faults` is empty when the result was published exactly once and whole."""

    stage: str
    fault: str
    attempts: int
    done_after: float
    orphans_swept: int
    faults: tuple[str, ...]


class Bench:
    """One database, one folder, and the processes of the drill; leaves nothing behind."""

    def __init__(self, folder: Path, *, database_url: str, redis_url: str = "", kind: str = TEST_KIND) -> None:
        self.folder, self.redis_url = folder, redis_url
        self.on_sqlite = database_url.startswith("sqlite")
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("DB_", "OCOP_", "JOB_"))},
            "DJANGO_SETTINGS_MODULE": "tests.drills.settings", "DATABASE_URL": database_url, "REDIS_URL": redis_url,
            "JOB_BELL": "celery" if redis_url else "rows", "OCOP_DRILL_QUEUE": f"drill-{secrets.token_hex(4)}",
            "OCOP_VAR_DIR": str(folder), "JOB_LEASE_SECONDS": str(LEASE_SECONDS), "JOB_HEARTBEAT_SECONDS": "0.3",
            "OCOP_DRILL_KIND": kind, "OCOP_DRILL_MIGRATE": "0" if kind == TEST_KIND else "1",
            "OCOP_TODAY": "2022-01-10", "JOB_POLL_SECONDS": "0.1", "JOB_SWEEP_SECONDS": "1", "PYTHONPATH": str(ROOT),
        }  # fmt: skip
        self.workers: list[subprocess.Popen] = []
        self._control = subprocess.Popen(
            [sys.executable, "-m", "tests.drills.control"],
            cwd=ROOT, env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def ask(self, what: str, **arguments: object) -> dict:
        """Give the control process one command."""
        control = self._control
        assert control.stdin is not None
        assert control.stdout is not None
        control.stdin.write(json.dumps({"do": what, **arguments}) + "\n")
        control.stdin.flush()
        answer = control.stdout.readline()
        if not answer:
            raise DrillError(f"control process ended at {what}")
        return json.loads(answer)

    def start_worker(self, name: str, *, hold: tuple[str, Path] | None = None, fenced: bool = True) -> subprocess.Popen:
        """A worker in a process group of its own, held at a stage where asked."""
        environment = dict(self.environment)
        if hold is not None:
            environment |= {"OCOP_STAGE_HOLD": hold[0], "OCOP_STAGE_DIR": str(hold[1])}
        with (self.folder / f"{name}.log").open("ab") as log:
            worker = subprocess.Popen(
                self._command(name, fenced=fenced), cwd=ROOT, env=environment, stdout=log, stderr=log,
                stdin=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
        self.workers.append(worker)
        return worker

    def _command(self, name: str, *, fenced: bool) -> list[str]:
        if not fenced:
            return [sys.executable, "-m", "tests.drills.unfenced"]
        if not self.redis_url:
            return [sys.executable, "manage.py", "jobs"]
        schedule = self.folder / f"{name}.{secrets.token_hex(3)}.schedule"
        return [
            sys.executable, "-m", "celery", "-A", "ocop_portal", "worker", "-B", "-c", "1", "-l", "INFO",
            "-s", str(schedule), "-n", f"{schedule.stem}@%h", "--without-gossip", "--without-mingle",
        ]  # fmt: skip

    def log_of(self, name: str) -> str:
        path = self.folder / f"{name}.log"
        return path.read_text(errors="replace")[-2000:] if path.exists() else ""

    def close(self) -> None:
        for worker in self.workers:
            signal_group(worker, signal.SIGKILL)
        for worker in self.workers:
            worker.wait()
        self._control.communicate(timeout=10)  # its input ends, and so does it


def signal_group(worker: subprocess.Popen, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(worker.pid, number)


def descendants(pid: int) -> list[int]:
    """The processes below one, from /proc."""
    below: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = path.read_text().rsplit(")", 1)[1].split()
            below.setdefault(int(fields[1]), []).append(int(path.parent.name))
    found, queue = [], [pid]
    while queue:
        children = below.get(queue.pop(), [])
        found += children
        queue += children
    return found


def wait_for(what: str, ready: Callable[[], object], *, seconds: float = PATIENCE_SECONDS) -> object:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        answer = ready()
        if answer:
            return answer
        time.sleep(0.05)
    raise DrillError(f"waited {seconds:.0f} s for {what}")


def _ended(worker: subprocess.Popen) -> bool:
    if worker.poll() is not None:
        raise DrillError(f"the worker ended by itself ({worker.returncode})")
    return False


def _is_over(bench: Bench, job_id: int) -> bool:
    """Whether the job has ended; a drill whose last worker has died need not be waited for."""
    return bench.ask("look", job_id=job_id)["state"] in {"done", "failed"} or _ended(bench.workers[-1])


def run_point(bench: Bench, stage: str, fault: str, *, fenced: bool = True) -> Outcome:
    """Do one fault at one stage and count what came of it."""
    name = f"{stage}-{fault}-{secrets.token_hex(3)}"
    hold = bench.folder / name
    hold.mkdir()
    started = time.monotonic()
    first = bench.start_worker(f"{name}-a", hold=(stage, hold), fenced=fenced)
    try:
        if fault == "kill-child":  # the child is preloaded in a first, undisturbed job, so that every stage has one
            warm_up = bench.ask("enqueue", key=f"{name}-warm-up")["id"]
            wait_for("the warm-up job", lambda: bench.ask("look", job_id=warm_up)["state"] == "done" or _ended(first))
        (hold / "armed").touch()
        job_id = bench.ask("enqueue", key=name)["id"]
        wait_for(f"stage {stage}", lambda: (hold / "held").exists() or _ended(first))
        held = int((hold / "held").read_text())
        _FAULT_DOERS[fault](Scene(bench, stage, hold, job_id, first, held))
        wait_for("the job to end", lambda: _is_over(bench, job_id))
        took = time.monotonic() - started
    except DrillError as error:
        return Outcome(stage, fault, 0, time.monotonic() - started, 0, (f"{error}: {bench.log_of(name + '-a')}",))
    finally:
        (hold / "release").touch()
        _retire(bench)
    job, counted = bench.ask("look", job_id=job_id), bench.ask("count", job_id=job_id)
    return Outcome(stage, fault, job["attempts"], took, counted["swept"], tuple(_wrong(job, counted)))


def _retire(bench: Bench) -> None:
    """End the workers as an administrator would (TERM), so that all they still wanted to write is written."""
    for worker in bench.workers:
        signal_group(worker, signal.SIGCONT)
        worker.terminate()
    for worker in bench.workers:
        try:
            worker.wait(timeout=30)
        except subprocess.TimeoutExpired:
            signal_group(worker, signal.SIGKILL)
            worker.wait()
    bench.workers.clear()


def _wrong(job: dict, counted: dict) -> Iterator[str]:
    """What is not as it must be: done, every file published once, whole, and no bytes left without a row."""
    if job["state"] != "done":
        yield f"job is {job['state']}: {job['error']}"
    if counted["rows"] != counted["expected"]:
        yield f"published {counted['rows']} files instead of {counted['expected']}"
    for what in ("broken", "unlisted", "lost", "left"):
        if counted[what]:
            yield f"{counted[what]} {what}"


# --- the four faults ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Scene:
    """A worker held at a stage: `held` is the process that waits there, `first` the worker it belongs to."""

    bench: Bench
    stage: str
    hold: Path
    job_id: int
    first: subprocess.Popen
    held: int


def _kill_child(scene: Scene) -> None:
    """Kill -9 of the process under the worker: the held one (PDF child, Celery's pool child), else its children."""
    victims = [scene.held] if scene.held != scene.first.pid else descendants(scene.first.pid)
    if not victims:
        raise DrillError(f"no child to kill at {scene.stage}")
    for victim in victims:
        with suppress(ProcessLookupError):
            os.kill(victim, signal.SIGKILL)
    (scene.hold / "release").touch()


def _kill_worker(scene: Scene) -> None:
    """Kill -9 of the worker with everything under it, as a machine that loses power; another one takes over."""
    signal_group(scene.first, signal.SIGKILL)
    scene.first.wait()
    scene.bench.start_worker(f"{scene.hold.name}-b")


def _term(scene: Scene) -> None:
    """TERM, as at every update of the portal: the worker finishes or lets go, then ends."""
    scene.first.terminate()
    scene.bench.start_worker(f"{scene.hold.name}-b")
    (scene.hold / "release").touch()
    scene.first.wait(timeout=PATIENCE_SECONDS)


def _stop(scene: Scene) -> None:
    """STOP until the lease ran out and another worker has done the job, then CONT: the late one must not publish."""
    signal_group(scene.first, signal.SIGSTOP)
    scene.bench.start_worker(f"{scene.hold.name}-b")
    if scene.stage == "before-publish" and scene.bench.on_sqlite:
        # The stopped process holds SQLite's only write lock: nobody can take over, and nobody can publish twice.
        wait_for(
            "the lease to run out", lambda: scene.bench.ask("look", job_id=scene.job_id)["lease_until"] < time.time()
        )
        time.sleep(LEASE_SECONDS)
    else:
        wait_for("another worker to finish", lambda: _is_over(scene.bench, scene.job_id))
    (scene.hold / "release").touch()
    signal_group(scene.first, signal.SIGCONT)


_FAULT_DOERS = {"kill-child": _kill_child, "kill-worker": _kill_worker, "term": _term, "stop": _stop}


def negative_control(bench: Bench) -> Outcome:
    """STOP and CONT with the fencing taken out: the drill must see that the result was published twice."""
    return run_point(bench, "xlsx-done", "stop", fenced=False)


# --- where it runs -----------------------------------------------------------------------------------------------


@contextmanager
def open_bench(*, database_url: str = "", redis_url: str = "", kind: str = TEST_KIND) -> Iterator[Bench]:
    """A bench on a scratch database: SQLite in a temporary folder, or a new database on the given PostgreSQL server."""
    folder = Path(tempfile.mkdtemp(prefix="ocop-drill-"))
    try:
        with _scratch_database(database_url, folder) as url:
            bench = Bench(folder, database_url=url, redis_url=redis_url, kind=kind)
            try:
                bench.ask("set_up")
                yield bench
            finally:
                bench.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _scratch_database(database_url: str, folder: Path) -> Iterator[str]:
    if not database_url.startswith(("postgres://", "postgresql://", "psql://")):
        yield f"sqlite:///{folder / 'drill.sqlite3'}"
        return
    import environ
    import psycopg2

    at = environ.Env.db_url_config(database_url)
    name = f"ocop_drill_{secrets.token_hex(4)}"
    options = {"host": at["HOST"], "port": at["PORT"], "user": at["USER"], "password": at["PASSWORD"]}
    server = psycopg2.connect(dbname="postgres", **{key: value for key, value in options.items() if value})
    server.autocommit = True
    with server.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
        try:
            head, _, query = database_url.partition("?")
            yield head.rsplit("/", 1)[0] + f"/{name}" + (f"?{query}" if query else "")
        finally:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    server.close()


def main() -> int:
    parser = argparse.ArgumentParser(description="Kill points of the jobs: stages × faults, published exactly once.")
    parser.add_argument("--stage", action="append", choices=STAGES, help="only this stage (may be repeated)")
    parser.add_argument("--fault", action="append", choices=FAULTS, help="only this fault (may be repeated)")
    parser.add_argument("--kind", default=REAL_KIND, choices=(REAL_KIND, TEST_KIND), help="which job is disturbed")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(143))  # ended from outside, it still cleans up
    database_url, redis_url = os.environ.get("DATABASE_URL", ""), os.environ.get("REDIS_URL", "")
    places = [Place("SQLite, built-in runner", "", "", options.kind)]
    if database_url.startswith("postgres"):
        runner = "Celery on Redis" if redis_url else "built-in runner"
        places.append(Place(f"PostgreSQL, {runner}", database_url, redis_url, options.kind))
    wrong = sum(run_all(place, options.stage or STAGES, options.fault or FAULTS) for place in places)
    return 1 if wrong else 0


@dataclass(frozen=True)
class Place:
    """Where the points are run, and with which job."""

    title: str
    database_url: str
    redis_url: str
    kind: str


def run_all(place: Place, stages: Sequence[str], faults: Sequence[str]) -> int:
    """Every point in one place, then the negative control; prints the table, returns how many went wrong."""
    print(f"\n{place.title}, {place.kind} (lease {LEASE_SECONDS} s)")
    print(f"{'stage':<15} {'fault':<12} {'attempts':>8} {'done after':>11} {'swept':>6}  verdict")
    begun = time.monotonic()
    with open_bench(database_url=place.database_url, redis_url=place.redis_url, kind=place.kind) as bench:
        outcomes = [_report(run_point(bench, stage, fault)) for stage in stages for fault in faults]
    with open_bench(database_url=place.database_url, redis_url=place.redis_url) as bench:
        control = negative_control(bench)
    seen = any("published" in fault for fault in control.faults)
    print(f"negative control (no fencing): {'; '.join(control.faults) or 'nothing seen'}")
    wrong = sum(1 for outcome in outcomes if outcome.faults)
    print(
        f"{place.title}: {len(outcomes)} kill points, {len(outcomes) - wrong} published exactly once, "
        f"{sum(o.orphans_swept for o in outcomes)} orphan files swept, "
        f"slowest {max(o.done_after for o in outcomes):.1f} s, "
        f"negative control {'caught' if seen else 'MISSED'}, {time.monotonic() - begun:.0f} s in all"
    )
    return wrong + (0 if seen else 1)


def _report(outcome: Outcome) -> Outcome:
    verdict = "; ".join(outcome.faults) or "published once"
    print(
        f"{outcome.stage:<15} {outcome.fault:<12} {outcome.attempts:>8} {outcome.done_after:>9.1f} s "
        f"{outcome.orphans_swept:>6}  {verdict}",
        flush=True,
    )
    return outcome


if __name__ == "__main__":
    sys.exit(main())
