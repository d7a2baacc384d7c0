"""Glue between the staged tree and MkDocs; everything of value is in the staged files."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from cardguide.addresses import UnknownAddressError, resolve_addresses, root_of
from cardguide.foreignwords import mark_japanese
from cardguide.furigana import furigana_of
from cardguide.glosses import add_meanings
from cardguide.linebreaks import mark_breaks
from cardguide.phrases import phrase_starts
from cardguide.siteframe import FRAME_PATH, LocaleFrame, SiteFrame, frame_from_json

log = get_plugin_logger("cardguide")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Take locales, names, addresses and navigation from the staged frame."""
    frame = frame_from_json((Path(config.docs_dir) / FRAME_PATH).read_text("utf-8"))
    tag = config.extra.setdefault("locale", frame.locales[0].locale.tag)
    own = frame.locale_frame(tag)
    config.extra["frame"] = frame
    config.site_name, config.site_description = own.site_name, own.site_description
    config.site_url = f"{frame.site_url}{tag}/"
    config.nav = [{item.title: f"{tag}/{item.page}"} for item in own.navigation]
    # 404 and sitemap speak all languages: the one is staged, the other made afterwards.
    config.theme.static_templates.clear()
    config.theme.get_env = partial(_env_without_files, config.theme.get_env)  # type: ignore[method-assign]
    _fill_locale(config, own)
    return config


def _env_without_files(get_env: Callable[[], Environment]) -> Environment:
    """Return the environment of the theme; to list its thousands of icons, of which none is used, takes long."""
    env = get_env()
    env.list_templates = lambda *_, **__: []  # type: ignore[method-assign]
    return env


def _fill_locale(config: MkDocsConfig, own: LocaleFrame) -> None:
    """Tell static-i18n the one locale of this run; alternates and the switcher come from the frame."""
    plugin, locale = config.plugins["i18n"], own.locale
    stand_in = {"locale": locale.language, "name": locale.name, "default": True}
    errors, warnings = plugin.load_config({**plugin.config, "languages": [stand_in]})
    if errors or warnings:
        raise PluginError(f"static-i18n refuses the locales of the data: {errors or warnings}")
    # Its pattern of a locale knows no variants (ja-simple, BCP 47); its code takes any name.
    plugin.config.languages[0]["locale"] = locale.tag


@event_priority(100)
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Keep the pages of this locale; the rest is published as it is, and the theme's files are not used."""
    return Files([file for file in files if file.src_uri.startswith(f"{config.extra['locale']}/")])


@event_priority(-100)
def on_nav(nav: Navigation, files: Files, config: MkDocsConfig, **_: object) -> Navigation:
    """Leave out, now that the navigation knows them, the pages that need not be built again."""
    for file in files.documentation_pages():
        if file.src_uri not in config.extra["wanted"]:
            file.inclusion = InclusionLevel.EXCLUDED
    return nav


def on_env(env: Environment, **_: object) -> Environment:
    """Escape everything and refuse unknown names, as in every other template of the project."""
    env.autoescape = True
    env.undefined = StrictUndefined
    env.trim_blocks = env.lstrip_blocks = True
    # Half the bytes of Japanese; the pages are UTF-8.
    env.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    return env


def on_page_content(html: str, page: Page, config: MkDocsConfig, **_: object) -> str:
    """Make the ``page:`` and ``site:`` addresses relative, an unknown one fails the build; mark foreign words."""
    tag = config.extra["locale"]
    html = mark_japanese(html, tag)
    has_readings = config.extra["frame"].locale_frame(tag).readings is not None
    html = mark_breaks(html, tag, phrased={tag} if has_readings else ())
    staged = Path(config.docs_dir)
    try:
        return resolve_addresses(
            html, url=_url(page), locale=tag, staged=lambda path: (staged / path).is_file()
        )
    except UnknownAddressError as unknown:
        log.warning("%s: %s is not staged", page.file.src_uri, unknown)
        return html


def on_post_page(output: str, config: MkDocsConfig, **_: object) -> str:
    """Put furigana and meanings into the finished page of a locale that has them; titles and attributes stay free."""
    own = config.extra["frame"].locale_frame(config.extra["locale"])
    if own.readings is None:
        return output
    explained = add_meanings(output, own.locale.tag, own.meanings)
    furigana = furigana_of(own.readings)
    # Of a sheet in another language its words are shown as they are printed.
    marked = furigana.mark(explained, own.locale.tag, only_in=own.locale.tag, starts=phrase_starts)
    return furigana.mark_cell_labels(marked)


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, **_: object) -> dict[str, Any]:
    """Give the templates the frame and the way to the root."""
    frame: SiteFrame = config.extra["frame"]
    own = frame.locale_frame(config.extra["locale"])
    url = _url(page)
    return context | {"frame": frame, "own": own, "words": own.words, "url": url, "root": root_of(url)}


def _url(page: Page) -> str:
    return "" if page.url in {".", "./"} else page.url
