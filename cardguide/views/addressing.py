"""Where a link leads, for each kind of output: pages of the site use ``page:``, everything else absolute addresses."""

from collections.abc import Callable

Address = Callable[[str, str], str | None]
"""Takes a collection and an id (``procedure``, ``exchange``) and returns an address, or none for plain words."""


def page_path(collection: str, record: str) -> str:
    """Return the staged page, with its fragment, on which a record is shown.

    Raises ``KeyError`` for a collection that has no page.
    """
    return {
        "page": "index.md" if record == "home" else f"{record}.md",
        "procedure": f"procedures/{record}.md",
        "question": f"faq.md#{record}",
        "source": f"sources.md#{record}",
        "office": f"offices.md#{record}",
        "edition": f"editions/{record}.md",
        "open": f"open-questions.md#{record}",
    }[collection]


def picture_path(locale: str, page: str) -> str:
    """Return the picture that shows where the address of a staged page is shared."""
    return f"social/{locale}/{page.removesuffix('.md')}.png"


def site_address(collection: str, record: str) -> str | None:
    """Link within the site; MkDocs checks it."""
    return f"page:{page_path(collection, record)}"


def absolute_address(site_url: str, locale: str) -> Address:
    """Link from outside the site: embeds, flyers, data and feeds."""

    def address(collection: str, record: str) -> str:
        path, _, fragment = page_path(collection, record).partition("#")
        folder = path.removesuffix("index.md").removesuffix(".md")
        end = "/" if folder and not folder.endswith("/") else ""
        return f"{site_url}{locale}/{folder}{end}{'#' + fragment if fragment else ''}"

    return address
