"""Addresses inside the published tree, written in pages as ``page:`` and ``site:`` and made relative here.

``page:procedures/exchange.md#who`` is a page of the same locale, ``site:flyers/ja/overview.pdf`` a file of
the tree. Relative addresses work under any sub-path and in a copy on a disk.
"""

import html
import re
from collections.abc import Callable

_ATTRIBUTE = re.compile(
    r'(?<=[\s"])(?P<name>href|src|srcset|action|data-[a-z-]+)='
    r'"(?P<scheme>page|site):(?P<target>(?:&#\d+;|[^"#])*)(?P<fragment>#[^"]*)?"'
)


class UnknownAddressError(Exception):
    """An address names a page or file that is not staged."""


def page_url(page: str) -> str:
    """Return the address, relative to its locale, of a staged Markdown file."""
    stem = page.removesuffix(".md")
    return "" if stem == "index" else f"{stem.removesuffix('/index')}/"


def root_of(url: str) -> str:
    """Return the way from a page up to the root of the published tree; ``url`` is relative to its locale."""
    return "../" * (url.count("/") + 1)


def resolve_addresses(page: str, *, url: str, locale: str, staged: Callable[[str], bool]) -> str:
    """Return an HTML page with every ``page:`` and ``site:`` address made relative to the page at ``url``."""

    def relative(match: re.Match[str]) -> str:
        target, fragment = html.unescape(match["target"]), match["fragment"] or ""
        is_page = match["scheme"] == "page"
        if not staged(f"{locale}/{target}" if is_page else target):
            raise UnknownAddressError(f"{match['scheme']}:{target}")
        path = f"{locale}/{page_url(target)}" if is_page else target
        return f'{match["name"]}="{root_of(url)}{html.escape(path)}{fragment}"'

    return _ATTRIBUTE.sub(relative, page)
