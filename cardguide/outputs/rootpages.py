"""The two pages that belong to no language: the landing page that offers all of them, and the 404."""

from urllib.parse import urlsplit

from jinja2 import Environment

from cardguide.artifacts import Artifact, text_artifact
from cardguide.siteframe import SiteFrame


def create_root_pages(frame: SiteFrame, environment: Environment) -> tuple[Artifact, ...]:
    """Return ``index.html`` and ``404.html``, each in every language; ``environment`` loads ``templates``."""
    # A 404 answers at any depth, so its addresses begin at the host.
    absolute = urlsplit(frame.site_url).path or "/"
    landing = environment.get_template("root/landing.html").render(frame=frame, root="")
    not_found = environment.get_template("root/404.html").render(frame=frame, root=absolute)
    return text_artifact("index.html", landing), text_artifact("404.html", not_found)
