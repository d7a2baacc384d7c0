"""Time the sheets beside two yardsticks that set the same words: Typst, and Chromium printing the same page.

    python bench/flyers.py [--typst FOLDER] [--json]

Every contestant runs in a process of its own, so that its start and its memory are its own. Typst (PyPI ``typst``) is
no part of the project: install it anywhere with ``pip install --target FOLDER typst`` and name the folder.
Chromium comes with the tests. A yardstick that is missing is left out, and its last words are said.
Milliseconds of the batches are of the processor, all others of the clock; a busy machine changes them all.
"""

import argparse
import base64
import datetime
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from cardguide.dataset import Dataset, read_dataset  # noqa: E402 - the project is found first
from cardguide.imprint import Imprint, create_imprints  # noqa: E402
from cardguide.outputs.flyers import Order, create_orders  # noqa: E402
from cardguide.pdf.fonts import FACES, load_font_set  # noqa: E402
from cardguide.pdf.imprints import Imprinter  # noqa: E402
from cardguide.pdf.press import Press  # noqa: E402
from cardguide.pdf.slots import decode_slot  # noqa: E402
from cardguide.pdf.truetype import read_typeface  # noqa: E402
from cardguide.pdf.typography import strip_break_marks  # noqa: E402
from cardguide.project import Project  # noqa: E402
from cardguide.views.imprints import create_code, create_lines  # noqa: E402

DAY = datetime.date(2026, 11, 25)
MEASURED = "flyers/ja/a4"
WARM_ROUNDS = 7
TYPST_OFFICES = 100
LONGEST_SECONDS = 900
GOAL_EACH_MS, GOAL_TIMES, GOAL_ALL_S, GOAL_KB = 5, 5, 10, 150
PHONE, PAGE = "03-0000-0000", "https://www.city.example.lg.jp/kurashi/madoguchi/{code}.html"
FACE = "BIZ-UDPGothic"
Numbers = dict[str, float]


def read_orders() -> tuple[Project, Dataset, dict[str, Order]]:
    """Return the project and the jobs of its sheets by path."""
    project = Project(root=ROOT)
    dataset = read_dataset(project.read_data())
    orders = create_orders(dataset, files=project.paper_files, as_of=DAY)
    return project, dataset, {order.path: order for order in orders}


def measure_sheet() -> Numbers:
    """Make one sheet, proved, again and again."""
    project, _, orders = read_orders()
    with Press(load_font_set(project.fonts), workers=1) as press:
        return _repeat(lambda: press.render([orders[MEASURED].job])[0].pdf)


def measure_all() -> Numbers:
    """Make every base sheet from nothing, in as many processes as there are processors."""
    project, _, orders = read_orders()
    started = time.perf_counter()
    with Press(load_font_set(project.fonts), workers=os.cpu_count() or 1) as press:
        sheets = press.render([order.job for order in orders.values()])
    largest = max(len(sheet.pdf) for sheet in sheets)
    return {"sheets": len(sheets), "all_s": time.perf_counter() - started, "size_kb": largest / 1000}


def measure_names() -> Numbers:
    """Put the name of every office into one sheet, and write the files."""
    return _measure_batch(lambda imprint: imprint)


def measure_details() -> Numbers:
    """Put a name, a phone number and a page with its code into one sheet, for as many offices, and write the files."""
    return _measure_batch(lambda imprint: replace(imprint, phone=PHONE, url=PAGE.format(code=imprint.code)))


def _measure_batch(fill: Callable[[Imprint], Imprint]) -> Numbers:
    project, dataset, orders = read_orders()
    order, fonts = orders[MEASURED], load_font_set(project.fonts)
    with Press(fonts, workers=1) as press:
        (sheet,) = press.render([order.job])
    imprints = [fill(each) for each in create_imprints(dataset, project.municipalities)]
    printer = Imprinter(sheet, decode_slot(sheet.slot), read_typeface(FACE, fonts.directory / FACES[FACE]))
    speakers, total, largest = order.view.speakers, 0.0, 0
    with tempfile.TemporaryDirectory() as folder:
        for imprint in imprints:
            started = time.process_time()
            lines, code = create_lines(imprint, speakers), create_code(imprint, speakers)
            pdf = printer.imprint(imprint.code, lines, code)
            (Path(folder) / f"{imprint.code}.pdf").write_bytes(pdf)
            total += time.process_time() - started
            largest = max(largest, len(pdf))
    return {"sheets": len(imprints), "each_ms": total / len(imprints) * 1000, "size_kb": largest / 1000}


def measure_typst() -> Numbers:
    """Set the same words with Typst: one sheet again and again, then whole sheets for many offices."""
    import typst  # type: ignore[import-not-found]  # noqa: PLC0415 - no part of the project

    project, dataset, orders = read_orders()
    order = orders[MEASURED]
    source = _typst_source(order)
    compiler = typst.Compiler(font_paths=[str(project.fonts)], ignore_system_fonts=True)

    def compile_sheet(text: str) -> bytes:
        return bytes(compiler.compile(input=text.encode("utf-8"), format="pdf", pdf_standards=["ua-1"]))

    numbers = _repeat(lambda: compile_sheet(f"{source}\n// {time.perf_counter()}"))
    names = [each.name[order.view.lang] for each in create_imprints(dataset, project.municipalities)][
        :TYPST_OFFICES
    ]
    started = time.process_time()
    for name in names:
        compile_sheet(f"{source}\n{_typst_text(name)}")
    return numbers | {"each_ms": (time.process_time() - started) / len(names) * 1000}


def measure_chromium() -> Numbers:
    """Print the same HTML with Chromium."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - of the tests alone

    job = read_orders()[2][MEASURED].job
    html = job.html
    for name, content in job.assets.items():
        html = html.replace(f"asset:{name}", f"data:text/css;base64,{base64.b64encode(content).decode()}")
    path = next(
        (each for each in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(each).exists()), None
    )
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page()

        def print_sheet() -> bytes:
            page.set_content(html)
            return page.pdf(prefer_css_page_size=True, tagged=True, print_background=True)

        numbers = _repeat(print_sheet)
        browser.close()
    return numbers


def _repeat(make: Callable[[], bytes]) -> Numbers:
    """Return the first time, the middle one of the next, and the size."""
    times: list[float] = []
    size = 0
    for _ in range(1 + WARM_ROUNDS):
        started = time.perf_counter()
        size = len(make())
        times.append(time.perf_counter() - started)
    return {
        "first_ms": times[0] * 1000,
        "warm_ms": statistics.median(times[1:]) * 1000,
        "size_kb": size / 1000,
    }


def _typst_source(order: Order) -> str:
    """Return the words of a sheet as Typst: the same texts in the same sizes, without our drawings."""
    import tinyhtml5  # type: ignore[import-untyped]  # noqa: PLC0415 - only here

    root = tinyhtml5.parse(order.job.html, namespace_html_elements=False)
    head = (
        '#set document(title: "sheet")\n#set page(width: 210mm, height: 297mm, margin: 12mm)\n'
        '#set text(font: "BIZ UDPGothic", size: 10.5pt, lang: "ja")\n'
    )
    return head + "\n\n".join(_typst_blocks(root))


def _typst_blocks(root: Any) -> Iterator[str]:
    for element in root.iter():
        if element.tag in {"h1", "h2", "h3", "p"}:
            text = " ".join(strip_break_marks("".join(element.itertext())).split())
            mark = "=" * int(element.tag[1]) + " " if element.tag.startswith("h") else ""
            yield mark + _typst_text(text)


def _typst_text(text: str) -> str:
    return f"#{json.dumps(text, ensure_ascii=False)}"


CONTESTANTS: dict[str, Callable[[], Numbers]] = {
    "our sheet": measure_sheet,
    "typst": measure_typst,
    "chromium": measure_chromium,
    "all base sheets": measure_all,
    "imprint: name": measure_names,
    "imprint: and code": measure_details,
}
COLUMNS = {
    "sheets": "sheets",
    "first_ms": "first, ms",
    "warm_ms": "again, ms",
    "each_ms": "each of many, ms",
    "all_s": "all, s",
    "size_kb": "largest, KB",
    "most_mb": "memory, MB",
    "process_s": "whole process, s",
}


def run(name: str, paths: list[str]) -> Numbers | str:
    """Run a contestant in a process of its own and add how long that was, or return its last words."""
    started = time.perf_counter()
    try:
        done = subprocess.run(
            [sys.executable, __file__, "--only", name],
            capture_output=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
            text=True,
            timeout=LONGEST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"no end after {LONGEST_SECONDS} s"
    if done.returncode:
        return (done.stderr.strip().splitlines() or ["no words"])[-1]
    numbers: Numbers = json.loads(done.stdout)
    return numbers | {"process_s": time.perf_counter() - started}


def format_row(name: str, measured: Numbers | str) -> str:
    """Return a row of the table."""
    if isinstance(measured, str):
        return f"{name:18} not measured: {measured}"
    cells = (f"{measured[key]:,.1f}" if key in measured else "" for key in COLUMNS)
    return f"{name:18}" + "".join(
        f" {cell:>{len(title)}}" for cell, title in zip(cells, COLUMNS.values(), strict=True)
    )


def format_goals(results: Mapping[str, Numbers | str]) -> Iterator[str]:
    """Yield each goal with what was measured for it."""
    found = {name: measured for name, measured in results.items() if not isinstance(measured, str)}
    for name in ("imprint: name", "imprint: and code"):
        if name in found:
            each = found[name]["each_ms"]
            yield f"{name}: {each:.1f} ms (goal: at most {GOAL_EACH_MS})"
            if "typst" in found:
                times = found["typst"]["each_ms"] / each
                yield f"typst, whole sheet / {name}: {times:.1f} times (goal: at least {GOAL_TIMES})"
    if "all base sheets" in found:
        yield f"all base sheets, cold: {found['all base sheets']['all_s']:.1f} s (goal: under {GOAL_ALL_S})"
        yield f"largest sheet: {found['all base sheets']['size_kb']:.1f} KB (goal: under {GOAL_KB})"


def main() -> None:
    """Print the table and the goals, or the numbers of one contestant."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--typst", default="", help="the folder into which typst was installed")
    parser.add_argument("--only", choices=CONTESTANTS)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if options.only:
        import resource  # noqa: PLC0415 - only in the child

        numbers = CONTESTANTS[options.only]()
        used = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        print(json.dumps(numbers | {"most_mb": max(used) / 1024}))
        return
    results: dict[str, Numbers | str] = {}
    if not options.json:
        print(f"{'':18} {' '.join(COLUMNS.values())}")
    for name in CONTESTANTS:
        results[name] = run(name, [options.typst] if options.typst else [])
        if not options.json:
            print(format_row(name, results[name]), flush=True)
    print(json.dumps(results, indent=1) if options.json else "\n".join(format_goals(results)))


if __name__ == "__main__":
    main()
