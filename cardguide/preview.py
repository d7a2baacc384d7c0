"""The live preview: one rebuild per edit, none when idle; after broken data the last good pages stay.

MkDocs' own server is used, but not its ``serve``: that one watches the staged folder, which every rebuild
writes.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterable
from http import HTTPStatus
from pathlib import Path

from mkdocs.livereload import LiveReloadServer

from cardguide.sitebuild import NO_STORE, SiteError, write_site
from cardguide.store import Store

POLLING = 0.2
"""Seconds between two looks at the sources; what a look costs is a few hundred questions to the file system."""


class PreviewError(Exception):
    """The data is wrong; the message is what to print."""


def serve(
    *,
    config: Path,
    staged: Path,
    sources: Iterable[Path],
    restage: Callable[[], object],
    say: Callable[[str], None],
    address: tuple[str, int] = ("127.0.0.1", 8000),
    store: Store = NO_STORE,
) -> None:
    """Serve the site until interrupted, and build it anew when something under ``sources`` changes.

    ``restage`` writes the staged tree and raises ``PreviewError`` when the data is wrong. Its frame has an
    empty policy, since the reload script is inline, and the address of this server as ``site_url``.
    """
    with tempfile.TemporaryDirectory(prefix="cardguide-preview-") as folder:
        site = Path(folder, "site")
        build = create_builder(config=config, staged=staged, site=site, restage=restage, say=say, store=store)
        server = create_server(site=site, sources=sources, build=build, address=address)
        say(server.url)
        try:
            server.serve()  # type: ignore[no-untyped-call]
        except KeyboardInterrupt:
            pass  # the ordinary end of a preview
        finally:
            server.shutdown()


def create_server(
    *, site: Path, sources: Iterable[Path], build: Callable[[], None], address: tuple[str, int]
) -> LiveReloadServer:
    """Build once and return the server, not yet serving."""
    site.mkdir(exist_ok=True)
    build()
    server = LiveReloadServer(
        builder=build, host=address[0], port=address[1], root=str(site), polling_interval=POLLING
    )
    server.error_handler = lambda code: _not_found(site) if code == HTTPStatus.NOT_FOUND else None
    for source in sources:
        server.watch(str(source))
    return server


def _not_found(site: Path) -> bytes | None:
    page = site / "404.html"
    return page.read_bytes() if page.exists() else None


def create_builder(
    *,
    config: Path,
    staged: Path,
    site: Path,
    restage: Callable[[], object],
    say: Callable[[str], None],
    store: Store = NO_STORE,
) -> Callable[[], None]:
    """Return a function that stages and builds, and on an error says it and leaves ``site`` alone."""
    fresh = site.with_name(f"{site.name}.fresh")

    def build() -> None:
        shutil.rmtree(fresh, ignore_errors=True)
        try:
            restage()
            write_site(config=config, staged=staged, output=fresh, store=store)
        except (PreviewError, SiteError) as error:
            say(str(error))
            return
        shutil.rmtree(site)
        fresh.rename(site)

    return build
