"""How long the plan's documents take, beside LibreOffice printing the same plan, interleaved in one run.

    .venv/bin/python bench/plan.py [UNIT_CODE YEAR] [--rounds 5] [--rows N] [--check]

Absolute times drift from machine to machine and from minute to minute: a ratio is the median of the ratios of the
rounds, whose two sides stand seconds apart. `--rows` replaces the annexes by one table of N rows; `--check` exits
with 1 when a ratio misses its goal.
"""

import argparse
import logging
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
GOAL_OF_LIBREOFFICE = 1.0  # all our formats together
GOAL_OF_BARE = 1.15  # our PDF against WeasyPrint called directly on the same page
TOGETHER = "all our formats"
Times = dict[str, list[float]]


def timed(times: Times, name: str, work: Callable[[], Any]) -> Any:
    start = time.perf_counter()
    result = work()
    times.setdefault(name, []).append(time.perf_counter() - start)
    return result


def table_of(rows: int) -> Any:
    """A table of plain budget lines, ten columns wide."""
    from core.documents.blocks import Align, Cell, Column, Row, Table

    sources = (Column(f"v{n}", f"Nguồn {n}", 8, Align.RIGHT, ("Nguồn vốn",)) for n in range(8))
    columns = (Column("n", "STT", 4, Align.CENTER), Column("c", "Nội dung chi", 22), *sources)
    return Table(
        columns,
        tuple(
            Row((Cell(str(n)), Cell(f"Hỗ trợ bao bì, nhãn hiệu {n}"), *[Cell(f"{n % 900},5")] * 8)) for n in range(rows)
        ),
    )


def office(data: bytes, folder: Path) -> None:
    (folder / "plan.docx").write_bytes(data)
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
    environment = {key: value for key, value in os.environ.items() if key != "FONTCONFIG_FILE"}
    subprocess.run(
        [*command, "--outdir", str(folder), str(folder / "plan.docx")], capture_output=True, check=True, env=environment
    )


def bare_layout() -> Callable[[str], bytes]:
    """WeasyPrint in this process, with the same fonts and without limits, as the floor of our PDF."""
    from core.documents.render_server import Layout

    layout = Layout()
    layout.warm()
    return lambda html: layout.pdf(html, "00")


def one_round(times: Times, load: Callable[[], Any], rows: int) -> tuple[Any, str, bytes]:
    """Our way from records to all files: step by step, and together as the job goes it (the PDF beside the rest)."""
    from core.documents.docx import render_docx
    from core.documents.html import to_html
    from core.documents.pdf import render_pdf
    from core.documents.xlsx import render_xlsx
    from plans.generate import generate_files
    from plans.layout import annex_blocks, plan_document

    snapshot = timed(times, "collect", load)
    document, sheets = timed(times, "blocks", lambda: (plan_document(snapshot), annex_blocks(snapshot)))
    if rows:
        sheets = (replace(document.annexes[0], table=table_of(rows)),)
        document = replace(document, annexes=sheets)
    html = timed(times, "html", lambda: to_html(document))
    timed(times, "pdf", lambda: render_pdf(document))
    docx = timed(times, "docx", lambda: render_docx(document))
    timed(times, "xlsx", lambda: [render_xlsx(annex, document) for annex in sheets])
    timed(times, TOGETHER, lambda: all_files(document, sheets) if rows else generate_files(load()))
    return document, html, docx


def all_files(document: Any, sheets: Any) -> None:
    from core.documents.docx import render_docx
    from core.documents.pdf import PdfMeanwhile
    from core.documents.xlsx import render_xlsx

    pdf = PdfMeanwhile(document)
    render_docx(document)
    for annex in sheets:
        render_xlsx(annex, document)
    pdf.result()


def measure(arguments: argparse.Namespace) -> Times:
    from communes.queries import unit_for
    from core.documents.pdf import start_server
    from plans.collect import collect_plan
    from plans.models import Plan

    unit = unit_for(arguments.unit_code, arguments.year)
    plan = Plan.objects.select_related("unit", "signer").get(unit=unit, year=arguments.year)
    start = time.perf_counter()
    start_server()
    print(f"render server started once in {time.perf_counter() - start:.2f} s")
    bare, times = bare_layout(), {}
    has_office = shutil.which("soffice") is not None
    with tempfile.TemporaryDirectory() as name:
        _document, html, docx = one_round({}, lambda: collect_plan(plan), arguments.rows)  # warm, as is the rest
        bare(html)
        if has_office:
            office(docx, Path(name))  # its first start makes a profile
        for _ in range(arguments.rounds):
            _document, html, docx = one_round(times, lambda: collect_plan(plan), arguments.rows)
            timed(times, "bare weasyprint", lambda html=html: bare(html))
            if has_office:
                timed(times, "libreoffice", lambda docx=docx: office(docx, Path(name)))
    return times


def ratio_of(ours: list[float], theirs: list[float]) -> float:
    return statistics.median(one / other for one, other in zip(ours, theirs, strict=True))


def report(times: Times) -> bool:
    """Print medians and ratios; whether all goals are met."""
    medians = {name: statistics.median(values) for name, values in times.items()}
    for name, median in medians.items():
        spread = f"{min(times[name]) * 1000:.0f}-{max(times[name]) * 1000:.0f}"
        print(f"{name:16} {median * 1000:8.0f} ms   ({spread})")
    ratios = [("pdf / bare weasyprint", ratio_of(times["pdf"], times["bare weasyprint"]), GOAL_OF_BARE)]
    if "libreoffice" in times:
        ratios.append(
            ("all our formats / libreoffice", ratio_of(times[TOGETHER], times["libreoffice"]), GOAL_OF_LIBREOFFICE)
        )
    else:
        print("LibreOffice is not installed: not compared")
    for name, ratio, goal in ratios:
        print(f"{name}: {ratio:.2f} (goal <= {goal:.2f}) {'ok' if ratio <= goal else 'MISSED'}")
    return all(ratio <= goal for _, ratio, goal in ratios)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("unit_code", nargs="?", default="869")
    parser.add_argument("year", nargs="?", type=int, default=2022)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--rows", type=int, default=0, help="one annex of this many rows instead of the plan's own")
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ocop_portal.settings.dev")
    # As in the render server: the document's own fonts and no other, so that both lay out the same pages.
    os.environ["FONTCONFIG_FILE"] = str(ROOT / "core/documents/fonts/fonts.conf")

    import django

    django.setup()
    logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)
    met = report(measure(arguments))
    return 1 if arguments.check and not met else 0


if __name__ == "__main__":
    sys.exit(main())
