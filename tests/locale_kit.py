"""A language that nobody speaks, brought by one file: every text is marked, so that what is not in the data shows."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cardguide.project import Project
from cardguide.translations import dotted, is_name, is_text
from cardguide.yamlsource import Path as YamlPath
from cardguide.yamlsource import read_yaml

TAG, MARK = "fa", "¡"
ENTRY = f"    {TAG}: {{name: پارسی, cldr: fa, direction: rtl, names_from: en}}\n"
#: Patterns of days, and names of eras, are no words for readers.
PATTERNS = ("labels.format-", "labels.era-")
_PROSE = re.compile(r"^(?:#+ |- (?:\*\*)?)?(?=[A-Z“])|(?<=\| )(?=[A-Za-z“])", re.MULTILINE)


def write_test_locale(root: Path) -> None:
    """Add the language to a project: an entry, a file of texts, and its pages of prose."""
    site = root / "data" / "site.yaml"
    locales = re.compile(r"\n  locales:\n(?:    .*\n)+")
    site.write_text(locales.sub(lambda found: found[0] + ENTRY, site.read_text("utf-8")), "utf-8")
    texts = "".join(f"  {path}: {json.dumps(text, ensure_ascii=False)}\n" for path, text in _texts(root))
    (root / "data" / "locales" / f"{TAG}.yaml").write_text(f"texts:\n{texts}", "utf-8")
    for page in sorted((root / "content" / "en").glob("*.md")):
        own = root / "content" / TAG / page.name
        own.parent.mkdir(exist_ok=True)
        own.write_text(_PROSE.sub(rf"\g<0>{MARK}", page.read_text("utf-8")), "utf-8")


def _texts(root: Path) -> list[tuple[str, str]]:
    found = []
    for name, content in Project(root=root).read_data().items():
        if "/" in name or name == "readings":
            continue
        data = read_yaml(name, content).data
        for path in _paths(data, ()):
            if not is_name(path):
                text = value_at(data, path)["en"]
                found.append((dotted(path), text if dotted(path).startswith(PATTERNS) else MARK + text))
    return found


def _paths(value: Any, path: YamlPath) -> Iterator[YamlPath]:
    """Yield the path of every localized text of a file, as it is written."""
    if is_text(value, ("ja",)):
        yield path
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _paths(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _paths(inner, (*path, index))


def value_at(data: object, path: tuple[str | int, ...]) -> dict[str, str]:
    """Return the localized text at a path of the data."""
    for step in path:
        data = data[step]  # type: ignore[index]
    return data  # type: ignore[return-value]
