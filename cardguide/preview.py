"""The live preview: one rebuild per edit, none when idle; after broken data the last good pages stay.

What is looked at comes first, everything else behind it (adr/0038). MkDocs' own server is used, but not its ``serve``:
that one watches the staged folder, which every rebuild writes.
"""

import time
from collections.abc import Callable, Iterable
from http import HTTPStatus
from pathlib import Path
from typing import Any

from mkdocs.livereload import LiveReloadServer

from cardguide.rebuilding import Rebuilder

POLLING = 0.2
"""Seconds between two looks at the sources; what a look costs is a few hundred questions to the file system."""


def serve(
    rebuilder: Rebuilder, *, sources: Iterable[Path], address: tuple[str, int], say: Callable[[str], None]
) -> None:
    """Serve the site until interrupted, and build it anew when something under ``sources`` changes."""
    server = PreviewServer(rebuilder, sources=sources, address=address)
    say(server.url)
    try:
        server.serve()  # type: ignore[no-untyped-call]
    except KeyboardInterrupt:
        pass  # the ordinary end of a preview
    finally:
        server.shutdown()


class PreviewServer(LiveReloadServer):
    """The server of MkDocs for a site that also changes while nobody waits for it."""

    def __init__(self, rebuilder: Rebuilder, *, sources: Iterable[Path], address: tuple[str, int]) -> None:
        """Build once; ``serve`` begins to serve."""
        self._rebuilder = rebuilder
        rebuilder.rebuild()
        super().__init__(
            builder=rebuilder.rebuild,
            host=address[0],
            port=address[1],
            root=str(rebuilder.site),
            polling_interval=POLLING,
        )
        self.error_handler = lambda code: self._not_found() if code == HTTPStatus.NOT_FOUND else None
        rebuilder.on_change = self.show
        self.show()  # what has changed since
        for source in sources:
            self.watch(str(source))

    def show(self) -> None:
        """Show the site as it is now; pages that are open load again."""
        with self._epoch_cond:
            self.root = str(self._rebuilder.site)
            if (
                self._visible_epoch == self._wanted_epoch
            ):  # else a rebuild is going on, and shows it in the end
                self._visible_epoch = self._wanted_epoch = max(
                    self._visible_epoch + 1, round(time.monotonic() * 1000)
                )
                self._epoch_cond.notify_all()

    def serve_request(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer, and remember what was asked for."""
        self._rebuilder.asked.note(environ["PATH_INFO"])
        return super().serve_request(environ, start_response)

    def shutdown(self, wait: bool = False) -> None:  # noqa: FBT001, FBT002 - as it is inherited
        """End the server and the work that goes on behind it."""
        self._rebuilder.end()
        super().shutdown(wait)

    def _not_found(self) -> bytes | None:
        page = self._rebuilder.site / "404.html"
        return page.read_bytes() if page.exists() else None
