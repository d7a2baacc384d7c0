"""The frame of the site: what header, footer, navigation and switcher need, beside the pages themselves.

It is staged as ``site.json``, so that whatever builds the pages (MkDocs today) finds all in one plain folder.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from cardguide.addresses import page_url
from cardguide.artifacts import Artifact, text_artifact
from cardguide.locales import Locale

FRAME_PATH = "site.json"

#: Every word of the frame, so that a further locale knows what it has to bring.
FRAME_WORDS = (
    "skip",  # Skip to the content
    "menu",
    "close",  # closes the menu
    "navigation",  # name of the main navigation for screen readers
    "languages",  # name of the language switcher
    "breadcrumb",
    "contents",  # On this page
    "furigana",  # the switch of the readings above kanji
    "search",
    "search_hint",  # e.g. address, fee, lost
    "search_none",  # Nothing found. ...
    "search_failed",
    "search_count",  # {count} results
    "unofficial",  # This is not an official site: one calm sentence
    "unofficial_more",  # the same with what to do instead, in the footer
    "as_of",  # Built from the state of {as_of}, already filled in
    "report",  # Report a mistake on this page
    "record",  # Record:
    "licence",
    "top",  # Back to the top
    "share",
    "shared",  # The address was copied
    "print",
    "keep",  # Keep this guide on my device
    "kept",  # The guide is kept; it can be read without a connection
    "not_kept",  # The device could not keep it
    "forget",  # Remove it from my device
    "forgotten",
    "offline",  # shown without a connection, with the state of the content {as_of}
    "not_found_title",
    "not_found_text",
    "landing_text",  # one sentence of what this site is, for the page that offers the languages
    "landing_link",  # Read in English
)


@dataclass(frozen=True, kw_only=True, slots=True)
class NavigationItem:
    """One entry of a navigation; ``page`` is the staged file within the locale (``procedures/index.md``)."""

    title: str
    page: str

    @property
    def url(self) -> str:
        """Return the address relative to the locale."""
        return page_url(self.page)


@dataclass(frozen=True, kw_only=True, slots=True)
class LocaleFrame:
    """The frame in one language; ``words`` has exactly the keys of ``FRAME_WORDS``.

    ``readings`` are those for furigana (``words`` and ``counters``), if the locale has them, and ``readings_path`` the
    published file from which scripts take them. ``meanings`` of terms stand behind them; ``notice`` says what nobody
    has looked at yet.
    """

    locale: Locale
    site_name: str
    site_description: str
    words: Mapping[str, str]
    navigation: tuple[NavigationItem, ...]
    footer: tuple[NavigationItem, ...] = ()
    readings: Mapping[str, Mapping[str, str]] | None = None
    readings_path: str = ""
    meanings: Mapping[str, str] = field(default_factory=dict)
    notice: str = ""

    def __post_init__(self) -> None:
        if wrong := set(self.words).symmetric_difference(FRAME_WORDS):
            raise ValueError(f"words of the frame in {self.locale.tag}: missing or unknown {sorted(wrong)}")


@dataclass(frozen=True, kw_only=True, slots=True)
class SiteFrame:
    """The whole frame; the first locale is the default (``x-default`` points to the page that offers all).

    ``site_url`` ends with a slash; ``report_url`` receives ``{record}`` and ``{page}``, or is empty;
    ``policy`` is the content security policy, empty in the live preview, whose reload script is inline.
    """

    site_url: str
    as_of: date
    locales: tuple[LocaleFrame, ...]
    stylesheet: str
    scripts: tuple[str, ...] = ()
    report_url: str = ""
    policy: str = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; frame-src 'self'; "
        "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'"
    )

    def locale_frame(self, tag: str) -> LocaleFrame:
        """Return the frame of one locale."""
        return next(frame for frame in self.locales if frame.locale.tag == tag)


def create_frame_artifact(frame: SiteFrame) -> Artifact:
    """Return the frame as the staged ``site.json``."""
    record = asdict(frame) | {"as_of": frame.as_of.isoformat()}
    return text_artifact(FRAME_PATH, json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def _items(rows: Iterable[Mapping[str, str]]) -> tuple[NavigationItem, ...]:
    return tuple(NavigationItem(**row) for row in rows)


def _locale_frame(row: Mapping[str, Any]) -> LocaleFrame:
    nested = {
        "locale": Locale(**row["locale"]),
        "navigation": _items(row["navigation"]),
        "footer": _items(row["footer"]),
    }
    return LocaleFrame(**{**row, **nested})


def frame_from_json(text: str) -> SiteFrame:
    """Read back what ``create_frame_artifact`` wrote."""
    row = json.loads(text)
    nested = {
        "as_of": date.fromisoformat(row["as_of"]),
        "locales": tuple(_locale_frame(each) for each in row["locales"]),
        "scripts": tuple(row["scripts"]),
    }
    return SiteFrame(**{**row, **nested})
