"""Headers for hosts that read ``_headers``; nothing depends on them, since not every host does.

Some hosts add up all rules that match a request, so no two rules match the same path.
"""

import datetime
from collections.abc import Iterable, Mapping
from email.utils import format_datetime

from cardguide.artifacts import Artifact, text_artifact
from cardguide.sitemodel import Deprecation

SHARED = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Content-Type-Options": "nosniff",
}
MOVING = {**SHARED, "Cache-Control": "public, max-age=600"}
FROZEN = {**SHARED, "Cache-Control": "public, max-age=31536000, immutable"}
OF_NO_LANGUAGE = ("/", "/index.html", "/404.html", "/404")
"""The landing page and the page of what is not found, as hosts call them."""
PAGE = {"Content-Security-Policy": "frame-ancestors 'none'", "X-Content-Type-Options": "nosniff"}


def create_headers(
    *, locales: Iterable[str], frozen: Iterable[str], deprecation: Deprecation | None = None
) -> Artifact:
    """Return the rules: pages are never framed, embeds and data are for everyone, a release never changes."""
    ending = _ending(deprecation) if deprecation else {}
    rules: dict[str, Mapping[str, str]] = dict.fromkeys(
        (*OF_NO_LANGUAGE, *(f"/{tag}/*" for tag in locales)), PAGE
    )
    rules |= {f"/{folder}/*": {**MOVING, **ending} for folder in ("embed/v1", "data/v1", "schema/v1")}
    rules |= {"/feeds/*": MOVING}
    rules |= {f"/{folder}/*": FROZEN for folder in frozen}
    text = "".join(
        f"{path}\n" + "".join(f"  {name}: {value}\n" for name, value in headers.items())
        for path, headers in rules.items()
    )
    return text_artifact("_headers", text)


def _ending(deprecation: Deprecation) -> Mapping[str, str]:
    """Return what RFC 9745 and RFC 8594 say about a version that ends."""
    since, sunset = (
        datetime.datetime.combine(day, datetime.time(), tzinfo=datetime.UTC)
        for day in (deprecation.since, deprecation.sunset)
    )
    return {
        "Deprecation": f"@{int(since.timestamp())}",
        "Sunset": format_datetime(sunset, usegmt=True),
        "Link": f'<{deprecation.successor}>; rel="successor-version"',
    }
