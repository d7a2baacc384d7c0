"""What belongs to no language: the landing page, the 404, and the worker that keeps pages for offline reading."""

from urllib.parse import urlsplit

from jinja2 import Environment

from cardguide.artifacts import Artifact, text_artifact
from cardguide.siteframe import SiteFrame


def create_root_pages(frame: SiteFrame, environment: Environment) -> tuple[Artifact, ...]:
    """Return ``index.html``, ``404.html`` and ``offline.js``; ``environment`` loads ``templates``."""
    # A 404 answers at any depth, so its addresses begin at the host.
    absolute = urlsplit(frame.site_url).path or "/"
    landing = environment.get_template("root/landing.html").render(frame=frame, root="")
    not_found = environment.get_template("root/404.html").render(frame=frame, root=absolute)
    worker = environment.get_template("root/offline.js.jinja").render()
    pages = {"index.html": landing, "404.html": not_found, "offline.js": worker}
    return tuple(text_artifact(path, text) for path, text in pages.items())
