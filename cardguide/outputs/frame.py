"""The frame of the site in the words of the dataset: header, footer, navigation."""

import datetime
import hashlib
import json
from collections.abc import Iterable

from cardguide.artifacts import Artifact, text_artifact
from cardguide.dataset import Dataset
from cardguide.furigana import Furigana
from cardguide.locales import Locale
from cardguide.siteframe import FRAME_WORDS, LocaleFrame, NavigationItem, SiteFrame
from cardguide.views.addressing import page_path, site_address
from cardguide.views.presenting import Presenter

_FILLED_LATER = {"search_count": {"count": "{count}"}}


def create_frame(
    dataset: Dataset, *, as_of: datetime.date, stylesheet: str, scripts: tuple[str, ...]
) -> SiteFrame:
    """Return what every page shares, in every locale."""
    site = dataset.site
    return SiteFrame(
        site_url=site.url,
        as_of=as_of,
        locales=tuple(_locale_frame(dataset, locale, as_of) for locale in dataset.locales),
        stylesheet=stylesheet,
        scripts=scripts,
        report_url=site.report_url or "",
    )


def _locale_frame(dataset: Dataset, locale: Locale, as_of: datetime.date) -> LocaleFrame:
    presenter = Presenter(dataset=dataset, locale=locale, as_of=as_of, address=site_address)
    site = dataset.site
    values = {"as_of": str(presenter.day(as_of)), "publisher": presenter.words(site.publisher.name)}
    words = {
        word: presenter.label(f"frame-{word.replace('_', '-')}", **(_FILLED_LATER.get(word, values)))
        for word in FRAME_WORDS
    }
    return LocaleFrame(
        locale=locale,
        site_name=presenter.words(site.name),
        site_description=presenter.words(site.tagline),
        words=words,
        navigation=_items(presenter, site.navigation),
        footer=_items(presenter, site.footer),
        readings={"words": dataset.words, "counters": dataset.counters} if locale.has_furigana else None,
        readings_path=create_readings(dataset).path if locale.has_furigana else "",
        meanings=dataset.meanings_in(locale.tag),
        notice=presenter.label("plain-language-notice") if site.locales[locale.tag].is_easy else "",
    )


def create_readings(dataset: Dataset) -> Artifact:
    """Return the readings for the scripts of the site, named by their content so that they stay cached."""
    table = Furigana(dataset.words, dataset.counters).table()
    text = json.dumps(table, ensure_ascii=False, separators=(",", ":")) + "\n"
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()[:10]
    return text_artifact(f"assets/readings.{digest}.json", text)


def _items(presenter: Presenter, pages: Iterable[str]) -> tuple[NavigationItem, ...]:
    records = [presenter.dataset.pages[page] for page in pages]
    return tuple(
        NavigationItem(title=presenter.words(page.navigation or page.title), page=page_path("page", page.id))
        for page in records
    )
