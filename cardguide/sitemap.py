"""The sitemap: every page with its sisters in the other languages, and the day it was last checked."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from yaml import CSafeLoader, load

from cardguide.addresses import page_url
from cardguide.siteframe import SiteFrame

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)


def create_sitemap(frame: SiteFrame, staged: Path) -> bytes:
    """Return ``sitemap.xml`` for all staged pages that may be indexed."""
    root = f"<url><loc>{frame.site_url}</loc><lastmod>{frame.as_of.isoformat()}</lastmod></url>\n"
    pages = "".join(_entry(frame, *page) for page in _pages(frame, staged))
    return f"{_HEAD}{root}{pages}</urlset>\n".encode()


def _entry(frame: SiteFrame, tag: str, url: str, day: str) -> str:
    tags = (each.locale.tag for each in frame.locales)
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{other}" href={quoteattr(f"{frame.site_url}{other}/{url}")}/>'
        for other in tags
    )
    return f"<url><loc>{frame.site_url}{tag}/{url}</loc><lastmod>{day}</lastmod>{links}</url>\n"


def _pages(frame: SiteFrame, staged: Path) -> Iterator[tuple[str, str, str]]:
    for locale_frame in frame.locales:
        tag = locale_frame.locale.tag
        for file in sorted((staged / tag).rglob("*.md")):
            meta = _front_matter(file.read_text("utf-8"))
            if not meta.get("noindex"):
                day = meta.get("checked", {}).get("date", frame.as_of.isoformat())
                yield tag, page_url(file.relative_to(staged / tag).as_posix()), str(day)


def _front_matter(text: str) -> Mapping[str, Any]:
    head = text.removeprefix("---\n").partition("\n---\n")[0]
    return load(head, CSafeLoader)  # type: ignore[no-any-return]
