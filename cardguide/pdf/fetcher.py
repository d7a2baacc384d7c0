"""The closed door between a sheet and everything outside: a table in memory, data URLs, and no more."""

from collections.abc import Mapping
from pathlib import PurePosixPath

from weasyprint.urls import URLFetcher, URLFetcherResponse

MEDIA_TYPES = {".css": "text/css", ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg"}


class AssetFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
    """Serve ``asset:NAME`` from a table, and remember whatever else was asked for.

    A refusal does not end the layout, so that one run can name every fault; the caller must turn ``refused``
    into faults and throw the PDF away.
    """

    def __init__(self, assets: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False)
        self._assets = assets
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """Return an asset of the table or the content of a data URL."""
        scheme, _, name = url.partition(":")
        if scheme == "asset" and name in self._assets:
            media_type = MEDIA_TYPES.get(PurePosixPath(name).suffix, "application/octet-stream")
            return URLFetcherResponse(url, self._assets[name], {"Content-Type": media_type})
        if scheme == "data":
            return super().fetch(url, headers)
        self.refused.append(url)
        raise ValueError(f"refused: {url}")
