"""Runs every check and every test, each as a step with its time, and sums up in the last line.

Called by `./portal test` and `./portal check`, with all packages installed. The suite runs on SQLite, then again on
PostgreSQL with Redis: private instances in a temporary folder on free ports, or DATABASE_URL and REDIS_URL if given.
"""

import argparse
import contextlib
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHON = sys.executable
BIN = Path(PYTHON).parent
START_SECONDS = 30
NOTHING_COLLECTED = 5

# What the shell may hold and a test must not depend on.
PRIVATE = ("OCOP_TODAY", "OCOP_DEMO", "OCOP_VAR_DIR", "DB_NAME", "DJANGO_SETTINGS_MODULE", "SECRET_KEY", "DEBUG")


@dataclass
class Steps:
    """The steps that ran, in order, and whether each passed."""

    done: list[tuple[str, bool, float]] = field(default_factory=list)

    def run(self, name: str, command: Sequence[str], *, env: Mapping[str, str], allow: Sequence[int] = (0,)) -> None:
        """Run one command in the repository's folder; a status outside `allow` fails the step."""
        print(f"\n── {name}", flush=True)
        start = time.monotonic()
        status = subprocess.run(command, cwd=ROOT, env=env, check=False).returncode
        self.done.append((name, status in allow, time.monotonic() - start))

    def fail(self, name: str, why: str) -> None:
        print(f"\n── {name}: {why}", flush=True)
        self.done.append((name, False, 0.0))

    def summary(self) -> int:
        """Print the table of steps and the last line; the exit status."""
        print()
        for name, passed, seconds in self.done:
            print(f"{'passed' if passed else 'FAILED'}  {seconds:7.1f} s  {name}")
        failed = [name for name, passed, _ in self.done if not passed]
        total = sum(seconds for *_, seconds in self.done)
        print(
            f"./portal: {len(self.done)} steps, {len(self.done) - len(failed)} passed, {len(failed)} failed"
            f"{' (' + ', '.join(failed) + ')' if failed else ''}, {total:.0f} s"
        )
        return 1 if failed else 0


def tool(name: str, *arguments: str) -> list[str]:
    return [str(BIN / name), *arguments]


def run_lint(steps: Steps, env: Mapping[str, str]) -> None:
    """Everything that reads the code without running a test."""
    production = {
        **env,
        "SECRET_KEY": secrets.token_urlsafe(50),
        "DATABASE_URL": "sqlite://:memory:",
        "ALLOWED_HOSTS": "ocop.example.vn",
    }
    testing = {**env, "DJANGO_SETTINGS_MODULE": "ocop_portal.settings.test"}
    steps.run("format", tool("ruff", "format", "--check", "."), env=env)
    steps.run("lint", tool("ruff", "check", "."), env=env)
    steps.run("templates", tool("djlint", "templates", "--lint", "--quiet"), env=env)
    steps.run("layers", tool("lint-imports", "--no-cache"), env=env)
    steps.run("types", tool("mypy"), env=testing)
    steps.run("security", tool("bandit", "-q", "-ll", "-c", "pyproject.toml", "-r", "."), env=env)
    steps.run("migrations", [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"], env=testing)
    steps.run(
        "production settings",
        [PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        env={**production, "DJANGO_SETTINGS_MODULE": "ocop_portal.settings.production"},
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_port(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    """Return when something listens; RuntimeError with the end of the log when the process ends or takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise RuntimeError(log.read_text(errors="replace")[-2000:])


@contextlib.contextmanager
def running(command: Sequence[str], *, port: int, log: Path, user: str | None = None) -> Iterator[None]:
    """A server process that listens on `port`, ended when the block ends."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=subprocess.STDOUT, user=user, group=user, extra_groups=[] if user else None
        )
    try:
        wait_for_port(port, process, log)
        yield
    finally:
        process.terminate()
        process.wait(START_SECONDS)


def postgres_programs() -> Path:
    """The folder of PostgreSQL's server programs, newest version first (Debian keeps them off the PATH)."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    found = versions[-1] if versions else shutil.which("initdb")
    if found is None:
        raise RuntimeError("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    return Path(found).parent


@contextlib.contextmanager
def private_postgres(folder: Path) -> Iterator[str]:
    """A new PostgreSQL server in `folder`; gives its URL. Durability is off: it lives for one test run."""
    programs, port, password = postgres_programs(), free_port(), secrets.token_hex(16)
    # PostgreSQL refuses to run as root, so root borrows the user of Debian's package.
    user = "postgres" if os.geteuid() == 0 else None
    data, password_file = folder / "postgres", folder / "postgres.password"
    data.mkdir()
    password_file.write_text(password)
    if user:
        folder.chmod(0o711)
        shutil.chown(data, user, user)
        shutil.chown(password_file, user, user)
    initdb = [str(programs / "initdb"), "--pgdata", str(data), "--username", "ocop", "--pwfile", str(password_file)]
    initdb += ["--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"]
    subprocess.run(
        initdb,
        check=True,
        stdout=subprocess.DEVNULL,
        user=user,
        group=user,
        extra_groups=[] if user else None,
    )
    options = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=127.0.0.1")
    command = [str(programs / "postgres"), "-D", str(data), "-p", str(port), "-k", str(data)]
    for option in options:
        command += ["-c", option]
    with running(command, port=port, log=folder / "postgres.log", user=user):
        yield f"postgres://ocop:{password}@127.0.0.1:{port}/postgres"


@contextlib.contextmanager
def private_redis(folder: Path) -> Iterator[str]:
    """A new Redis server that keeps nothing; gives its URL."""
    program, port = shutil.which("redis-server"), free_port()
    if program is None:
        raise RuntimeError("Redis is not installed (Debian: apt-get install redis-server)")
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    with running(command, port=port, log=folder / "redis.log"):
        yield f"redis://127.0.0.1:{port}/0"


@contextlib.contextmanager
def services() -> Iterator[dict[str, str]]:
    """DATABASE_URL and REDIS_URL: those given in the environment, else of private servers."""
    with tempfile.TemporaryDirectory(prefix="ocop-test-") as name, contextlib.ExitStack() as stack:
        yield {
            "DATABASE_URL": os.environ.get("DATABASE_URL") or stack.enter_context(private_postgres(Path(name))),
            "REDIS_URL": os.environ.get("REDIS_URL") or stack.enter_context(private_redis(Path(name))),
        }


def pytest_command(marks: str, arguments: Sequence[str], *, full: bool) -> list[str]:
    """The pytest call for the tests that `marks` select; drills and full-only tests stay out unless `full`."""
    selection = marks if full else f"({marks}) and not full and not drill"
    return [PYTHON, "-m", "pytest", "-n", "2", "--dist", "loadgroup", "-m", selection, *arguments]


def run_tests(steps: Steps, env: Mapping[str, str], arguments: Sequence[str], *, full: bool) -> None:
    """The suite on SQLite with the browser, then on PostgreSQL with Redis and without the browser."""
    # Of tests named by hand, none may be left on one of the two databases.
    allow = (0, NOTHING_COLLECTED) if arguments else (0,)
    coverage = ["--cov", "--cov-report", "term:skip-covered"] if full and not arguments else []
    on_sqlite = pytest_command("not postgres", [*coverage, *arguments], full=full)
    steps.run("tests on SQLite, with the browser", on_sqlite, env=env, allow=allow)
    name = "tests on PostgreSQL and Redis"
    try:
        with services() as urls:
            on_postgres = pytest_command("postgres or not browser and not slow", arguments, full=full)
            steps.run(name, on_postgres, env={**env, **urls}, allow=allow)
    except (RuntimeError, OSError, subprocess.SubprocessError) as error:
        if os.environ.get("CI"):
            steps.fail(name, f"no servers: {error}")
        else:
            print(f"\n── {name}: SKIPPED, {error}", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true", help="also the drills and the tests that take minutes")
    parser.add_argument("--no-tests", action="store_true", help="only the checks that run no test")
    options, arguments = parser.parse_known_args()
    env = {name: value for name, value in os.environ.items() if name not in PRIVATE}
    for name in ("DATABASE_URL", "REDIS_URL"):
        env.pop(name, None)
    steps = Steps()
    if not arguments:
        run_lint(steps, env)
    if not options.no_tests:
        run_tests(steps, env, arguments, full=options.full)
    return steps.summary()


if __name__ == "__main__":
    sys.exit(main())
