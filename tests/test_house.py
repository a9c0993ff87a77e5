"""The rules of the house that no linter knows, each as a search through the sources for what breaks it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
APPS = ("core", "communes", "regulations", "accounts", "producers", "products", "dossiers", "plans", "reports")
VIEW_LINES = 25

# Django finds these by their names.
FOUND_BY_NAME = {"400.html", "403.html", "404.html", "500.html"}


def sources() -> list[Path]:
    """The project's own Python files, without tests and migrations."""
    paths = [path for folder in (*APPS, "ocop_portal") for path in (ROOT / folder).rglob("*.py")]
    return sorted(path for path in paths if not {"tests", "migrations"} & set(path.parts))


def layer(name: str) -> list[Path]:
    """The files of one layer in every app: `views.py` or the package `views/`."""
    return [path for path in sources() if path.name == f"{name}.py" or path.parent.name == name]


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.html"))


def template_name(path: Path) -> str:
    return path.relative_to(ROOT / "templates").as_posix()


def lines_with(pattern: str, paths: list[Path]) -> list[str]:
    """`path:line: text` of every line that matches."""
    expression = re.compile(pattern)
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in paths
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if expression.search(line)
    ]


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef))


def report(faults: list[str]) -> str:
    return "\n" + "\n".join(faults)


## Templates


def test_every_template_is_used():
    text = "\n".join(path.read_text() for path in (*sources(), *templates()))
    overrides = {name for name in map(template_name, templates()) if name.startswith(("bootstrap5/", "django/"))}

    unused = [name for name in map(template_name, templates()) if name not in text]

    assert sorted(set(unused) - FOUND_BY_NAME - overrides) == []


def test_pages_say_their_language():
    whole_pages = [path for path in templates() if "<html" in path.read_text()]

    assert whole_pages
    assert [template_name(path) for path in whole_pages if '<html lang="vi"' not in path.read_text()] == []


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        (r"<script(?![^>]*\bsrc=)", "a script in the page breaks the content security policy"),
        (r"<style\b|\sstyle=", "a style in the page breaks the content security policy"),
        (r"\son[a-z]+=[\"']", "an event handler in the page breaks the content security policy"),
        (r"javascript:", "a script in an address breaks the content security policy"),
        (r"\|\s*safe\b|autoescape off", "text that people typed is always escaped"),
        (r"(src|href)=\"(https?:)?//", "nothing is loaded from another host"),
    ],
)
def test_templates_are_plain(pattern, why):
    faults = lines_with(pattern, templates())

    assert not faults, why + report(faults)


def test_partials_get_only_what_they_are_given():
    """Except from the frames of whole pages, which hand on the page's own context and its form token."""
    frames = {ROOT / "templates/base.html", *(ROOT / "templates/core").glob("*.html")}
    partials_and_pages = [path for path in templates() if path not in frames]
    faults = [
        line
        for line in lines_with(r"{%\s*include\b", partials_and_pages)
        if not re.search(r"{%\s*include\b[^%]*\bonly\s*%}", line)
    ]

    assert not faults, report(faults)


## Python


@pytest.mark.parametrize(
    ("layers", "pattern", "why"),
    [
        (("views", "forms", "rules"), r"\.(save|bulk_create|bulk_update)\(", "only services write"),
        (("views", "forms", "rules", "queries"), r"\.objects\.(create|get_or_create|update_or_create)\(", "only services write"),
        (("services", "queries", "rules"), r"\brequest\b\.|django\.contrib\.messages|HttpResponse", "services know no pages"),
        (("services", "queries", "rules"), r"^(from|import) celery|\.delay\(", "a service writes a row, the view rings the bell"),
        (("templatetags",), r"\.objects\.", "templates do not query"),
    ],
)  # fmt: skip
def test_layers_keep_to_their_work(layers, pattern, why):
    # core is the plumbing that the layers of the apps are spared from writing.
    paths = [path for name in layers for path in layer(name) if ROOT / "core" not in path.parents]

    faults = lines_with(pattern, paths)

    assert not faults, why + report(faults)


def test_programme_dates_come_from_one_clock():
    others = [path for path in sources() if path != ROOT / "core/clock.py"]

    faults = lines_with(r"\bdate\.today\(|\blocaldate\(|datetime\.(now|today)\(", others)

    assert not faults, report(faults)


def test_states_are_assigned_by_the_workflow_alone():
    others = [path for path in sources() if path.name != "workflow.py" and (ROOT / "core/jobs") not in path.parents]

    faults = lines_with(r"\.state\s*=[^=]", others)

    assert not faults, report(faults)


def test_views_are_short():
    faults = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {node.name} has {(node.end_lineno or 0) - node.lineno + 1} lines"
        for path in layer("views")
        for node in functions(path)
        if [argument.arg for argument in node.args.args[:1]] == ["request"]
        if (node.end_lineno or 0) - node.lineno + 1 > VIEW_LINES
    ]

    assert not faults, report(faults)


def test_every_rule_says_who_may():
    faults = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {node.name}"
        for path in layer("rules")
        for node in functions(path)
        if node.name.startswith("can_") and not ast.get_docstring(node)
    ]

    assert not faults, report(faults)


def test_law_is_data():
    """No legal document is named in the code: neither compared with nor printed. Comments and docstrings may cite."""
    number = re.compile(r"\d+(/\d{4})?/(QĐ|NĐ|TT|HD|NQ|CT|KH|TTr)-[A-ZĐ]")
    faults = []
    for path in sources():
        tree = ast.parse(path.read_text())
        docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        faults += [
            f"{path.relative_to(ROOT)}:{node.lineno}: {node.value}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
            if number.search(node.value)
        ]

    assert not faults, report(faults)


def test_refusals_say_what_to_do():
    """“Không hợp lệ” and “vui lòng” say nothing that helps."""
    faults = lines_with(r"(?i)không hợp lệ|vui lòng|xin lỗi", [*sources(), *templates()])

    assert not faults, report(faults)


## The repository


def test_the_repository_stands_alone():
    """Nothing outside the repository is named, except by CI, which looks whether it is there."""
    outside = r"\.\./shared|/wor[k]/|/roo[t]/"
    kept = ("*.py", "*.html", "*.md", "*.toml", "*.ini", "*.in", "*.yaml", "*.sh", "*.css", "*.js")
    skipped = {".venv", "var", ".git", "node_modules"}
    paths = [path for kind in kept for path in ROOT.rglob(kind) if not skipped & set(path.relative_to(ROOT).parts)]

    assert lines_with(outside, [*paths, ROOT / "portal"]) == []


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt", "requirements-prod.txt"])
def test_locks_hold_hashes_and_no_address(lock):
    text = (ROOT / lock).read_text()

    assert "--hash=sha256:" in text
    assert not re.search(r"https?://|--(extra-)?index-url|--find-links", text)
