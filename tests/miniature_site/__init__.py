"""A small staged site with every component, in two languages: machinery and look are tested on it."""

from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from cardguide.artifacts import Artifact, text_artifact
from cardguide.locales import Locale
from cardguide.outputs.assets import SiteAssets, create_assets
from cardguide.outputs.rootpages import create_root_pages
from cardguide.outputs.search import SearchEntry, create_search_index
from cardguide.siteframe import LocaleFrame, NavigationItem, SiteFrame, create_frame_artifact

PROJECT = Path(__file__).parents[2]
PAGES = Path(__file__).parent / "pages"
SITE_URL = "https://example.org/card/"

_WORDS = {
    "ja": {
        "skip": "本文へ",
        "menu": "メニュー",
        "close": "閉じる",
        "navigation": "主なページ",
        "languages": "言語",
        "breadcrumb": "現在の場所",
        "contents": "このページの内容",
        "furigana": "ふりがな",
        "search": "サイト内をさがす",
        "search_hint": "たとえば、住所、手数料、なくした",
        "search_none": "見つかりませんでした。ほかの言葉でさがしてください。",
        "search_failed": "検索を読み込めませんでした。",
        "search_count": "{count}件",
        "unofficial": "このサイトは、国や自治体の公式サイトではありません。",
        "unofficial_more": "公式サイトではありません。くわしいことは、出入国在留管理庁に確認してください。",
        "as_of": "2026年11月23日の内容",
        "report": "このページの間違いを知らせる",
        "record": "記録の番号",
        "licence": "出入国在留管理庁の資料を加工して作成",
        "top": "ページの先頭へ",
        "share": "共有",
        "shared": "コピーしました",
        "print": "印刷",
        "keep": "端末に保存",
        "kept": "保存しました",
        "not_kept": "保存できませんでした",
        "forget": "端末から消す",
        "forgotten": "消しました",
        "offline": "オフラインです。2026年11月23日現在の内容です。",
        "not_found_title": "ページが見つかりません",
        "not_found_text": "アドレスを確かめるか、次のページからさがしてください。",
        "landing_text": "在留カードとマイナンバーカードを一枚にした、特定在留カードの案内です。",
        "landing_link": "日本語で読む",
    },
    "en": {
        "skip": "Skip to the content",
        "menu": "Menu",
        "close": "Close",
        "navigation": "Main pages",
        "languages": "Languages",
        "breadcrumb": "You are here",
        "contents": "On this page",
        "furigana": "Furigana",
        "search": "Search this site",
        "search_hint": "For example: address, fee, lost",
        "search_none": "Nothing was found. Please try other words.",
        "search_failed": "The search could not be loaded.",
        "search_count": "{count} results",
        "unofficial": "This is not an official government site.",
        "unofficial_more": "Not an official site. For certainty, ask the Immigration Services Agency.",
        "as_of": "Content as of 23 November 2026",
        "report": "Report a mistake on this page",
        "record": "Record",
        "licence": "Made by editing material of the Immigration Services Agency",
        "top": "Back to the top",
        "share": "Share",
        "shared": "Copied",
        "print": "Print",
        "keep": "Keep on my device",
        "kept": "Kept",
        "not_kept": "Could not be kept",
        "forget": "Remove from my device",
        "forgotten": "Removed",
        "offline": "You are offline. Content as of 23 November 2026.",
        "not_found_title": "Page not found",
        "not_found_text": "Check the address, or look here:",
        "landing_text": "About the specified residence card: residence card and My Number card in one.",
        "landing_link": "Read in English",
    },
}
_NAMES = {
    "ja": ("特定在留カード案内", "特定在留カードの手続きと窓口", "手続き", "質問と答え"),
    "en": (
        "Specified Residence Card guide",
        "Procedures and offices for the card",
        "Procedures",
        "Questions",
    ),
}
_LOCALES = (Locale(tag="ja", name="日本語", cldr="ja"), Locale(tag="en", name="English", cldr="en"))


def create_miniature_frame(assets: SiteAssets, *, policy: bool = True) -> SiteFrame:
    """Return the frame of the miniature site."""
    return SiteFrame(
        site_url=SITE_URL,
        as_of=date(2026, 11, 23),
        locales=tuple(_locale_frame(locale) for locale in _LOCALES),
        stylesheet=assets.stylesheet,
        scripts=assets.scripts,
        report_url="https://example.org/report?record={record}&page={page}",
        **({} if policy else {"policy": ""}),
    )


def _locale_frame(locale: Locale) -> LocaleFrame:
    name, description, procedures, questions = _NAMES[locale.tag]
    items = (
        NavigationItem(title=name, page="index.md"),
        NavigationItem(title=procedures, page="procedures/index.md"),
        NavigationItem(title=questions, page="questions.md"),
    )
    return LocaleFrame(
        locale=locale,
        site_name=name,
        site_description=description,
        words=_WORDS[locale.tag],
        navigation=items,
        footer=items[1:],
    )


def create_miniature_site() -> tuple[Artifact, ...]:
    """Return every artifact of the miniature site, as staging wants them."""
    assets = read_assets()
    frame = create_miniature_frame(assets)
    environment = Environment(
        loader=FileSystemLoader(PROJECT / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    files = (path for path in sorted(PAGES.rglob("*")) if path.is_file())
    pages = tuple(
        Artifact(path=path.relative_to(PAGES).as_posix(), content=path.read_bytes()) for path in files
    )
    index = tuple(create_search_index(tag, entries) for tag, entries in _ENTRIES.items())
    flyer = text_artifact("flyers/ja/overview.pdf", "%PDF-1.7\n")
    return (
        *pages,
        *index,
        *assets.artifacts,
        *create_root_pages(frame, environment),
        create_frame_artifact(frame),
        flyer,
    )


def read_assets() -> SiteAssets:
    """Return the project's real styles and scripts."""
    folder = PROJECT / "templates"
    styles = {path.name: path.read_text("utf-8") for path in (folder / "styles").glob("*.*")}
    scripts = {path.name: path.read_text("utf-8") for path in (folder / "scripts").glob("*.js")}
    return create_assets(
        styles=styles, scripts=scripts, imprint="", icon=(folder / "assets" / "icon.svg").read_bytes()
    )


_ENTRIES = {
    "ja": (
        SearchEntry(
            title="交換希望による在留カードの再交付申請",
            page="procedures/exchange.md",
            summary="地方入管で、いつでも",
            sign=("i", "I", "6"),
            words=("ざいりゅうかーど", "zairyu card", "取り替え", "入管"),
        ),
        SearchEntry(
            title="義務ですか",
            page="questions.md#q-voluntary",
            summary="希望する人だけです。",
            words=("強制", "必要"),
        ),
    ),
    "en": (
        SearchEntry(
            title="Application for exchange of a residence card",
            page="procedures/exchange.md",
            summary="At a bureau, at any time",
            sign=("i", "I", "6"),
            words=("zairyu card", "在留カード", "swap"),
        ),
    ),
}
