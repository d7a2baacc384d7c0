"""Verifying: prove that a folder or a served site is, file by file, what a build has made."""

import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from cardguide.manifest import (
    MANIFEST,
    Manifest,
    files_of,
    find_differences,
    hash_of,
    parse_manifest,
    reader_of,
)

SECONDS = 30
READERS = 8
Read = Callable[[str], bytes | None]


class VerifyError(Exception):
    """There is nothing to verify: no manifest, or nobody answers."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What was compared, and what differs; ``manifest`` is the hash by which builds are compared."""

    files: int
    manifest: str
    differences: tuple[tuple[str, str], ...]


def verify(place: str, *, like: Path | None) -> Verdict:
    """Compare a folder or a served site with its own manifest, or with that of the built tree ``like``."""
    served = place.startswith(("http://", "https://"))
    read = _reader_of_site(place) if served else reader_of(Path(place))
    present: Iterable[str] = () if served else files_of(Path(place))
    source = read(MANIFEST) if like is None else reader_of(like)(MANIFEST)
    manifest = _parse(source, place if like is None else str(like))
    # Hosts take rules such as _headers for themselves and do not serve them.
    wanted = {
        path: digest for path, digest in manifest.files.items() if not (served and path.startswith("_"))
    }
    differences = find_differences(Manifest(files=wanted), _read_ahead(read, wanted), present)
    return Verdict(files=len(wanted), manifest=hash_of(source or b""), differences=tuple(differences))


def _parse(source: bytes | None, place: str) -> Manifest:
    if source is None:
        raise VerifyError(f"{place} has no {MANIFEST}")
    try:
        return parse_manifest(source)
    except ValueError as error:
        raise VerifyError(f"{place}: {MANIFEST} is not one of ours") from error


def _read_ahead(read: Read, paths: Iterable[str]) -> Read:
    with ThreadPoolExecutor(READERS) as readers:
        ordered = list(paths)
        contents = dict(zip(ordered, readers.map(read, ordered), strict=True))
    return contents.__getitem__


def _reader_of_site(address: str) -> Read:
    base = address if address.endswith("/") else f"{address}/"

    def read(path: str) -> bytes | None:
        # The page itself, as a reader asks for it: some hosts redirect the file name.
        url = urllib.parse.urljoin(base, urllib.parse.quote(path.removesuffix("index.html")))
        try:
            with urllib.request.urlopen(url, timeout=SECONDS) as response:  # noqa: S310 - the scheme is checked
                content: bytes = response.read()
                return content
        except urllib.error.HTTPError as error:
            with error:
                return None
        except OSError as error:
            raise VerifyError(f"{url}: {getattr(error, 'reason', error)}") from error

    return read
