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
PHONE_WIDTH = "375"
UNMEASURED = 680

_LINK = '<p><a href="{page}">{words}</a></p>'
_FRAME = (
    '<iframe src="{address}" title="{title}" width="{width}" loading="lazy"'
    ' style="border:0;width:{width};max-width:100%;min-height:{reserve}px;frame-sizing:content-height"></iframe>\n'
    + _LINK
)
_RESIZE = '\n<script src="{site}embed/v1/resize.js" async></script>'
FORMS = {
    "iframe": _FRAME,
    "iframe-resize": _FRAME + _RESIZE,
    "iframe-fixed": '<iframe src="{address}" title="{title}" width="{width}" height="{height}"></iframe>\n'
    + _LINK,
    "iframe-class": '<iframe class="src-frame" src="{address}" title="{title}" width="100%" loading="lazy"></iframe>\n'
    + _LINK,
    "wordpress": "{page}",
    "address": "{address}",
    "component": '<src-procedures lang="{tag}" table="{name}" as-of="{as_of}">\n{table}\n</src-procedures>\n'
    '<script src="{site}embed/v1/procedures.js" async></script>',
}
CHOOSER_FORMS = {
    name: FORMS[name] for name in ("iframe", "iframe-resize", "iframe-fixed", "wordpress", "address")
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A published table, as the code for it names it."""

    tag: str
    name: str
    title: str
    page: str
    link: str
    heights: Mapping[str, int]

    @property
    def path(self) -> str:
        """The path of its files, without ending."""
        return f"{EMBED_FOLDER}/{self.tag}/{self.name}"

    @property
    def fields(self) -> Mapping[str, str]:
        """What fills the forms of the code, the address aside."""
        return {
            "title": self.title,
            "page": self.page,
            "words": self.link,
            "reserve": self.height(RESERVE_WIDTH),
            "height": self.height(FIXED_WIDTH),
        }

    def height(self, width: str) -> str:
        """Return the measured height at a width."""
        return str(self.heights.get(width, UNMEASURED))


def create_snippets(presenter: Presenter, table: Table) -> dict[str, str]:
    """Return the code for a table by way of embedding."""
    site = presenter.dataset.site.url
    place = presenter.label("embed-paste-here", address=f"{site}{table.path}.paste.html")
    words = {
        **table.fields,
        "site": site,
        "address": f"{site}{table.path}.html",
        "width": "100%",
        "tag": table.tag,
        "name": table.name,
        "as_of": presenter.as_of.isoformat(),
        "table": Markup("<!-- {} -->").format(place),
    }
    snippets = {name: str(Markup(form).format(**words)) for name, form in FORMS.items()}  # noqa: S704 - our own
    return {**snippets, "iframe-class-css": create_frame_rule(table), "policy": create_policy_line(site)}


def create_frame_rule(table: Table) -> str:
    """Return the two lines of CSS for sites whose policy forbids style attributes."""
    common = "border:0;width:100%;frame-sizing:content-height"
    return (
        f".src-frame{{{common};min-height:{table.height(RESERVE_WIDTH)}px}}\n"
        f"@media (width<640px){{.src-frame{{min-height:{table.height(PHONE_WIDTH)}px}}}}"
    )


def create_policy_line(site: str) -> str:
    """Return what a content security policy has to allow: frames need the first part only."""
    parts = urlsplit(site)
    origin = f"{parts.scheme}://{parts.netloc}"
    return f"frame-src {origin}; script-src {origin}; connect-src {origin}"
