"""Building the pages: one MkDocs run a locale into a fresh folder, the locales side by side; any warning fails."""

import logging
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from click import ClickException
from jinja2 import TemplateError
from mkdocs.commands.build import build
from mkdocs.config import load_config

from cardguide.pagekeys import built_path, create_page_keys
from cardguide.sidebyside import run_side_by_side
from cardguide.siteframe import FRAME_PATH, frame_from_json
from cardguide.sitemap import create_sitemap
from cardguide.staging import MANIFEST, make_folder
from cardguide.store import Store

# The package's own, whatever project folder is built: a copy of a project holds no code.
HOOK = Path(__file__).with_name("mkdocs_hook.py")
NO_STORE = Store(None)


class SiteError(Exception):
    """The pages could not be built as staged; carries what the builder said."""

    def __init__(self, messages: tuple[str, ...]) -> None:
        self.messages = messages
        super().__init__("\n".join(messages))


def write_site(
    *,
    config: Path,
    staged: Path,
    output: Path,
    store: Store = NO_STORE,
    go_on: Callable[[], None] = lambda: None,
) -> None:
    """Write the whole published tree into the new folder ``output``; raise ``SiteError`` on any warning.

    Pages that the store holds are not built again. ``go_on`` is asked before each locale, and may raise.
    """
    frame = frame_from_json((staged / FRAME_PATH).read_text("utf-8"))
    tags = [each.locale.tag for each in frame.locales]
    make_folder(output)
    keys = create_page_keys(config, staged, tags)
    found = {path: page[0] for path, key in keys.items() if (page := store.find(key))}
    missing = {tag: {path for path in keys if path.startswith(f"{tag}/")} - found.keys() for tag in tags}
    # The locales side by side: each fork begins with everything loaded (adr/0003).
    works = [
        partial(_build_locale, config, staged, output / tag, tag, missing[tag], go_on)
        for tag in tags
        if missing[tag]
    ]
    if messages := tuple(chain.from_iterable(run_side_by_side(works))):
        raise SiteError(messages)
    # Afterwards, since MkDocs clears the folder that it builds into.
    _copy_as_they_are(staged, output, tags)
    for path, content in found.items():
        _write_page(output / built_path(path), content)
    for path in keys.keys() - found.keys():
        store.keep(keys[path], ((output / built_path(path)).read_bytes(),))
    (output / "sitemap.xml").write_bytes(create_sitemap(frame, staged))


def build_pages(*, config: Path, staged: Path, wanted: Collection[str], store: Store) -> Mapping[str, bytes]:
    """Return some pages of a staged tree, built, by their place in the published one; raise ``SiteError``."""
    tags = sorted({path.partition("/")[0] for path in wanted})
    keys = create_page_keys(config, staged, tags, is_wanted=wanted.__contains__)
    found = {path: page[0] for path, key in keys.items() if (page := store.find(key))}
    with TemporaryDirectory(prefix="cardguide-pages-") as folder:
        for tag in tags:
            output, missing = (
                Path(folder, tag),
                {path for path in keys if path.startswith(f"{tag}/")} - found.keys(),
            )
            if missing and (messages := _build_locale(config, staged, output, tag, missing)):
                raise SiteError(messages)
        built = {path: Path(folder, built_path(path)).read_bytes() for path in keys.keys() - found.keys()}
    for path, content in built.items():
        store.keep(keys[path], (content,))
    return {built_path(path): content for path, content in {**found, **built}.items()}


def _write_page(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def _copy_as_they_are(staged: Path, output: Path, tags: Collection[str]) -> None:
    """Copy what is no page of a locale: landing page, 404, assets, flyers, embeds, data, search."""
    for source in sorted(staged.iterdir()):
        if source.name in {FRAME_PATH, MANIFEST}:
            continue
        # copytree would gather the errors of a full disk into a list; one is enough.
        for file in sorted(source.rglob("*")) if source.is_dir() else [source]:
            if file.is_file() and not (source.name in tags and file.suffix == ".md"):
                target = output / file.relative_to(staged)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, target)


def _build_locale(
    config: Path,
    staged: Path,
    output: Path,
    tag: str,
    wanted: Collection[str],
    go_on: Callable[[], None] = lambda: None,
) -> tuple[str, ...]:
    """Run MkDocs for the wanted pages of one locale and return its warnings and errors."""
    go_on()
    with _collected_messages() as messages:
        try:
            loaded = load_config(str(config), docs_dir=str(staged), site_dir=str(output), hooks=[str(HOOK)])
            loaded.extra["locale"], loaded.extra["wanted"] = tag, wanted
            build(loaded)
        except ClickException as error:  # what MkDocs raises for its own command line
            messages.append(error.format_message())
        except TemplateError as error:
            messages.append(f"{type(error).__name__}: {error}")  # MkDocs has logged which page it was
    return tuple(f"{tag}: {message}" for message in messages)


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def _collected_messages() -> Iterator[list[str]]:
    """Take what MkDocs logs, warnings and worse, instead of the terminal."""
    logger, collector = logging.getLogger("mkdocs"), _Collector()
    propagate, logger.propagate = logger.propagate, False
    logger.addHandler(collector)
    try:
        yield collector.messages
    finally:
        logger.removeHandler(collector)
        logger.propagate = propagate
