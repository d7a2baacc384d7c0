"""Every page in every language and look, by axe and by our own checks; and the W3C's checker on every document.

Build first, then: ``python tools/sweep_access.py [--vnu vnu.jar] [--widths 320 412 768 1280] [--under ja]``. The
tests see each page in one of the twelve looks, because all of them take over an hour; this sees all, and prints JSON.
"""

import argparse
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from playwright.sync_api import Page

HOME = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(HOME), str(HOME / "tests")]

from access import (  # noqa: E402 - the path is set above
    AXE_VERSION,
    LOOKS,
    WIDTHS,
    axe_faults,
    look_at,
    looking,
    markup_faults,
    own_faults,
)
from site_server import browsing, serving  # noqa: E402 - the path is set above

NARROW, _ORDER = 320, "comes before what the eye meets first"
APART = {"embed", "data", "schema", "feeds"}
#: The checker's own sheet for CSS does not know them yet; both are in the CSS standard.
UNKNOWN_TO_VNU = ("@container", "container-type")


def pages_of(tree: Path, under: Sequence[str] = ()) -> list[str]:
    """Return the address of every page of the site, or of those in some folders, the tables to embed aside."""
    files = sorted(path.relative_to(tree) for path in tree.rglob("*.html"))
    kept = [each for each in files if each.parts[0] not in APART and (not under or each.parts[0] in under)]
    return [path.as_posix().removesuffix("index.html") for path in kept]


def seen(page: Page, address: str, path: str, source: str, widths: Iterable[int]) -> dict[str, list[str]]:
    """Return the faults of one page by look."""
    found = {"markup": markup_faults(source)}
    for look in LOOKS:
        if look.width in widths:
            look_at(page, look)
            page.goto(address + path)
            # Beside each other on a wide screen is no order against reading; the phone shows the order.
            found[look.name] = [
                each for each in own_faults(page) if look.width == NARROW or _ORDER not in each
            ]
            look_at(page, look)
            found[look.name] += axe_faults(page)
    return found


def swept(tree: Path, pages: Sequence[str], widths: Iterable[int]) -> dict[str, object]:
    """Return how many page states were seen, and every fault."""
    faults: dict[str, dict[str, list[str]]] = {}
    states = 0
    with browsing() as browser, looking(browser) as page, serving(tree) as address:
        for path in pages:
            file = tree / path
            source = (file / "index.html" if file.is_dir() else file).read_text("utf-8")
            found = seen(page, address, path, source, widths)
            states += len(found) - 1
            print(f"{states} {path}: {sum(map(len, found.values()))}", file=sys.stderr, flush=True)
            if bad := {look: each for look, each in found.items() if each}:
                faults[path] = bad
    return {"axe": AXE_VERSION, "pages": len(pages), "states": states, "faults": faults}


def validated(jar: Path, tree: Path) -> dict[str, object]:
    """Return what the W3C's checker says of every whole document, the tables to embed too."""
    whole = [
        path
        for path in tree.rglob("*.html")
        if path.read_text("utf-8").lstrip().lower().startswith("<!doctype")
    ]
    command = ["java", "-jar", str(jar), "--errors-only", "--format", "json", *map(str, whole)]
    said = json.loads(subprocess.run(command, capture_output=True, check=False).stderr)["messages"]
    errors = [each["message"] for each in said if not any(word in each["message"] for word in UNKNOWN_TO_VNU)]
    return {
        "documents": len(whole),
        "errors": Counter(errors),
        "unknown_to_the_checker": len(said) - len(errors),
    }


def main() -> None:
    """Print what was seen as JSON; end with 1 when there is any fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tree", type=Path, default=HOME / "dist")
    parser.add_argument("--vnu", type=Path, help="vnu.jar of the Nu HTML Checker (npm: vnu-jar)")
    parser.add_argument("--widths", type=int, nargs="*", default=list(WIDTHS))
    parser.add_argument(
        "--under", nargs="*", default=[], help="only these folders (ja, en) and pages (404.html)"
    )
    options = parser.parse_args()
    report = swept(options.tree, pages_of(options.tree, options.under), options.widths)
    if options.vnu:
        report["vnu"] = validated(options.vnu, options.tree)
    print(json.dumps(report, indent=1, ensure_ascii=False))
    sys.exit(1 if report["faults"] else 0)


if __name__ == "__main__":
    main()
