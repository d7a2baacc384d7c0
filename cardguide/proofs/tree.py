"""A built tree as the proofs see it: every file read once, every page parsed once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from lxml import html

from cardguide.problems import Problem
from cardguide.siteframe import SiteFrame

TEXT_SUFFIXES = {
    ".html",
    ".css",
    ".js",
    ".json",
    ".csv",
    ".xml",
    ".ics",
    ".txt",
    ".svg",
    ".md",
    ".webmanifest",
    "",
}


@dataclass(frozen=True, kw_only=True)
class Tree:
    """A folder that is about to be published, and what it was built from."""

    folder: Path
    staged: Path
    frame: SiteFrame
    private: tuple[str, ...] = ()
    known: str = ""

    @cached_property
    def files(self) -> Mapping[str, bytes]:
        """The bytes of every file by path, in order of the paths."""
        found = sorted(file for file in self.folder.rglob("*") if file.is_file())
        return {file.relative_to(self.folder).as_posix(): file.read_bytes() for file in found}

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """The files that people and programs read as text."""
        wanted = (path for path in self.files if Path(path).suffix in TEXT_SUFFIXES)
        return {path: self.files[path].decode("utf-8", "replace") for path in wanted}

    @cached_property
    def pages(self) -> Mapping[str, "PageTree"]:
        """The parsed HTML files by path; an empty one has no page."""
        parser = html.HTMLParser(encoding="utf-8")
        sources = ((path, content) for path, content in self.files.items() if path.endswith(".html"))
        return {
            path: PageTree(path=path, root=html.document_fromstring(content, parser=parser))
            for path, content in sources
            if content.strip()
        }

    @cached_property
    def locales(self) -> tuple[str, ...]:
        """The tags of the locales."""
        return tuple(each.locale.tag for each in self.frame.locales)

    def find(self, path: str) -> str | None:
        """Return the file that answers a path of the site, as a host would choose it."""
        candidates = (
            (path, f"{path}index.html") if path.endswith("/") or not path else (path, f"{path}/index.html")
        )
        return next((each for each in candidates if each in self.files), None)

    def inner_path(self, page: str, target: str) -> str | None:
        """Return the path and fragment in this tree that a link means, or nothing when it leads elsewhere."""
        address = urljoin(self.frame.site_url + page.removesuffix("index.html"), target)
        return address.removeprefix(self.frame.site_url) if address.startswith(self.frame.site_url) else None


@dataclass(frozen=True, kw_only=True)
class PageTree:
    """One HTML file, parsed."""

    path: str
    root: html.HtmlElement

    @cached_property
    def ids(self) -> frozenset[str]:
        """Every place in the page that a fragment can name."""
        return frozenset(self.root.xpath("//@id"))

    def attributes(self, *names: str) -> Iterator[tuple[int, str, str]]:
        """Yield the line, the element's name and the value of every attribute with one of the names."""
        query = "|".join(f"//*[@{name}]" for name in names)
        for element in self.root.xpath(query):
            for name in names:
                if name in element.attrib and isinstance(element.tag, str):
                    yield element.sourceline or 1, element.tag, element.attrib[name]


def is_elsewhere(target: str) -> bool:
    """Say whether an address names a host."""
    return bool(urlsplit(target).netloc)


def problem(path: str, rule: str, line: int = 1, **details: str) -> Problem:
    """Return a problem in a file of the built tree."""
    return Problem(file=f"dist/{path}", line=line, column=1, where="(published)", rule=rule, details=details)
