"""Time the flyers: every sheet from nothing, with what it weighs; run with ``python bench/flyers.py``."""

import datetime
import resource
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from cardguide.dataset import read_dataset  # noqa: E402 - the project is found first
from cardguide.outputs.flyers import Order, create_orders  # noqa: E402
from cardguide.pdf.fonts import load_font_set  # noqa: E402
from cardguide.pdf.press import Press  # noqa: E402
from cardguide.project import Project  # noqa: E402

DAY = datetime.date(2026, 11, 23)


def main() -> None:
    """Print the time and size of each sheet, cold, warm and all at once."""
    project = Project(root=ROOT)
    dataset = read_dataset(project.read_data())
    started = time.perf_counter()
    orders = create_orders(dataset, files=project.paper_files, as_of=DAY)
    print(f"views and templates of {len(orders)} sheets: {time.perf_counter() - started:.2f} s")
    fonts = load_font_set(project.fonts)
    with Press(fonts, workers=1) as press:
        for order in orders:
            first, second = (_time(press, order) for _ in range(2))
            print(
                f"{order.path:28} cold {first[0]:6.2f} s  warm {second[0]:6.2f} s  {second[1] / 1000:6.1f} kB"
            )
    started = time.perf_counter()
    with Press(fonts) as press:
        press.render([order.job for order in orders])
    print(f"all {len(orders)} sheets, cold, two processes: {time.perf_counter() - started:.2f} s")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(
        f"processor time of the presses: {used.ru_utime:.2f} s; most memory: {used.ru_maxrss / 1024:.0f} MB"
    )


def _time(press: Press, order: Order) -> tuple[float, int]:
    started = time.perf_counter()
    (sheet,) = press.render([order.job])
    return time.perf_counter() - started, len(sheet.pdf)


if __name__ == "__main__":
    main()
