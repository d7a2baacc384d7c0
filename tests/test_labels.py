"""Every label is used: a word that no output shows is one more for each translator to translate."""

import re
from collections.abc import Iterable

from projects import HOME

from cardguide.dataset import read_dataset
from cardguide.project import Project

KINDS = {".py", ".jinja", ".html", ".js", ".md", ".yaml"}
FOLDERS = ("cardguide", "templates", "content", "flyers", "data")
LABEL_FILES = ("labels.yaml", "ja-simple.yaml")
# label(f"state-{state}"): whatever begins so may be asked for.
_FAMILY = re.compile(r"""labels?(?:\(|\[)\s*f["']([a-z-]+-)\{""")
# The formatter, and each choice of the page for partners, takes a table of these.
TABLES = ("format-", "era-", "embed-look-", "embed-width-", "embed-way-")


def unused(labels: Iterable[str], sources: str) -> list[str]:
    """Return the labels that the sources neither name nor put together."""
    families = (*_FAMILY.findall(sources), *TABLES)
    named = set(re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)*", sources))
    return [label for label in labels if label not in named and not label.startswith(families)]


def test_every_label_is_used() -> None:
    files = (path for folder in FOLDERS for path in (HOME / folder).rglob("*") if path.suffix in KINDS)
    sources = "\n".join(path.read_text("utf-8") for path in files if path.name not in LABEL_FILES)
    assert unused(read_dataset(Project(root=HOME).read_data()).labels, sources) == []


def test_a_label_that_nothing_names_is_found() -> None:
    code = 'presenter.label("read-on") + presenter.label(f"state-{state}")'
    labels = ["read-on", "read-more", "state-unknown", "estate-agent", "era-reiwa"]
    assert unused(labels, code) == ["read-more", "estate-agent"]
