"""Headers for hosts that read ``_headers``; nothing depends on them, since not every host does.

Some hosts add up all rules that match a request, so no two rules match the same path.
"""

from collections.abc import Iterable, Mapping

from cardguide.artifacts import Artifact, text_artifact

SHARED = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Content-Type-Options": "nosniff",
}
MOVING = {**SHARED, "Cache-Control": "public, max-age=600"}
FROZEN = {**SHARED, "Cache-Control": "public, max-age=31536000, immutable"}
PAGE = {"Content-Security-Policy": "frame-ancestors 'none'", "X-Content-Type-Options": "nosniff"}


def create_headers(*, locales: Iterable[str], frozen: Iterable[str]) -> Artifact:
    """Return the rules: pages are never framed, embeds and data are for everyone, a release never changes."""
    rules: dict[str, Mapping[str, str]] = {f"/{tag}/*": PAGE for tag in locales}
    rules |= {f"/{folder}/*": MOVING for folder in ("embed/v1", "data/v1", "schema/v1", "feeds")}
    rules |= {f"/{folder}/*": FROZEN for folder in frozen}
    text = "".join(
        f"{path}\n" + "".join(f"  {name}: {value}\n" for name, value in headers.items())
        for path, headers in rules.items()
    )
    return text_artifact("_headers", text)
