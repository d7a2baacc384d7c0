"""The code that partners copy. What was published once works for ever: tests/golden/v1 keeps every form."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from markupsafe import Markup

from cardguide.views.embedtables import EMBED_FOLDER
from cardguide.views.presenting import Presenter

# Wide enough for a table: a smaller frame grows, and a larger reserve would leave a gap below it.
RESERVE_WIDTH = "1000"
FIXED_WIDTH = "768"
UNMEASURED = 680

_FRAME = Markup(
    '<iframe src="{address}" title="{title}" width="100%" loading="lazy"'
    ' style="border:0;width:100%;min-height:{reserve}px;frame-sizing:content-height"></iframe>\n{link}'
)
_FIXED = Markup('<iframe src="{address}" title="{title}" width="100%" height="{height}"></iframe>\n{link}')
_CLASS = Markup(
    '<iframe class="src-frame" src="{address}" title="{title}" width="100%" loading="lazy"></iframe>\n{link}'
)
_LINK = Markup('<p><a href="{page}">{words}</a></p>')
_RESIZE = Markup('<script src="{site}embed/v1/resize.js" async></script>')
_COMPONENT = Markup(
    '<src-procedures lang="{tag}" table="{name}" as-of="{as_of}">\n{table}\n</src-procedures>\n'
    '<script src="{site}embed/v1/procedures.js" async></script>'
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A published table, as the code for it names it."""

    tag: str
    name: str
    title: str
    page: str
    heights: Mapping[str, int]

    @property
    def path(self) -> str:
        """The path of its files, without ending."""
        return f"{EMBED_FOLDER}/{self.tag}/{self.name}"

    def height(self, width: str) -> int:
        """Return the measured height at a width."""
        return self.heights.get(width, UNMEASURED)


def create_snippets(presenter: Presenter, table: Table) -> dict[str, str]:
    """Return the code for a table by way of embedding."""
    site = presenter.dataset.site.url
    words = {
        "address": f"{site}{table.path}.html",
        "title": table.title,
        "link": _LINK.format(page=table.page, words=presenter.label("embed-latest")),
    }
    resize = _RESIZE.format(site=site)
    frame = _FRAME.format(**words, reserve=table.height(RESERVE_WIDTH))
    return {
        "iframe": frame,
        "iframe-resize": f"{frame}\n{resize}",
        "iframe-fixed": _FIXED.format(**words, height=table.height(FIXED_WIDTH)),
        "iframe-class": _CLASS.format(**words),
        "iframe-class-css": create_frame_rule(table),
        "wordpress": table.page,
        "component": _COMPONENT.format(
            tag=table.tag,
            name=table.name,
            as_of=presenter.as_of.isoformat(),
            table=Markup(presenter.label("embed-paste-here", address=f"{site}{table.path}.paste.html")),  # noqa: S704 - our own words
            site=site,
        ),
        "policy": create_policy_line(site),
    }


def create_frame_rule(table: Table) -> str:
    """Return the two lines of CSS for sites whose policy forbids style attributes."""
    common = "border:0;width:100%;frame-sizing:content-height"
    return (
        f".src-frame{{{common};min-height:{table.height(RESERVE_WIDTH)}px}}\n"
        f"@media (width<640px){{.src-frame{{min-height:{table.height('375')}px}}}}"
    )


def create_policy_line(site: str) -> str:
    """Return what a content security policy has to allow: frames need the first part only."""
    parts = urlsplit(site)
    origin = f"{parts.scheme}://{parts.netloc}"
    return f"frame-src {origin}; script-src {origin}; connect-src {origin}"
