"""What belongs to no language: the landing page, the 404, and the worker that keeps pages for offline reading."""

from urllib.parse import urlsplit

from jinja2 import Environment

from cardguide.artifacts import Artifact, text_artifact
from cardguide.furigana import furigana_of
from cardguide.linebreaks import mark_breaks
from cardguide.phrases import phrase_starts
from cardguide.siteframe import SiteFrame


def create_root_pages(frame: SiteFrame, environment: Environment) -> tuple[Artifact, ...]:
    """Return ``index.html``, ``404.html`` and ``offline.js``; ``environment`` loads ``templates``."""
    # A 404 answers at any depth, so its addresses begin at the host.
    absolute = urlsplit(frame.site_url).path or "/"
    landing = _read(environment.get_template("root/landing.html").render(frame=frame, root=""), frame)
    not_found = _read(environment.get_template("root/404.html").render(frame=frame, root=absolute), frame)
    worker = environment.get_template("root/offline.js.jinja").render()
    pages = {"index.html": landing, "404.html": not_found, "offline.js": worker}
    return tuple(text_artifact(path, text) for path, text in pages.items())


def _read(html: str, frame: SiteFrame) -> str:
    """Return a page of all languages with breaks, and with furigana in the parts whose language has them."""
    readings = {own.locale.tag: own.readings for own in frame.locales if own.readings is not None}
    html = mark_breaks(html, "", phrased=readings)
    for tag, own in readings.items():
        html = furigana_of(own).mark(html, "", only_in=tag, starts=phrase_starts)
    return html
