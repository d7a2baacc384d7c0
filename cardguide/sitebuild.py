"""Building the pages: one MkDocs run per locale, side by side, into a fresh folder; any warning fails."""

import datetime
import logging
import os
import shutil
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path

from cardguide.siteframe import FRAME_PATH, frame_from_json
from cardguide.sitemap import create_sitemap
from cardguide.staging import MANIFEST, make_folder


class SiteError(Exception):
    """The pages could not be built as staged; carries what the builder said."""

    def __init__(self, messages: tuple[str, ...]) -> None:
        self.messages = messages
        super().__init__("\n".join(messages))


def write_site(*, config: Path, staged: Path, output: Path, processes: int | None = None) -> None:
    """Write the whole published tree into the new folder ``output``; raise ``SiteError`` with every warning."""
    frame = frame_from_json((staged / FRAME_PATH).read_text("utf-8"))
    tags = [each.locale.tag for each in frame.locales]
    make_folder(output)
    _copy_as_they_are(staged, output, tags)
    _build_locales(config, staged, output, tags, processes or min(len(tags), os.cpu_count() or 1), frame.as_of)
    (output / "sitemap.xml").write_bytes(create_sitemap(frame, staged))
    _set_modes(output)


def _copy_as_they_are(staged: Path, output: Path, tags: list[str]) -> None:
    """Copy what is not a page of a locale: landing page, 404, assets, flyers, embeds, data."""
    for source in sorted(staged.iterdir()):
        if source.name in {FRAME_PATH, MANIFEST, *tags}:
            continue
        if source.is_dir():
            shutil.copytree(source, output / source.name, copy_function=shutil.copyfile)
        else:
            shutil.copyfile(source, output / source.name)


def _build_locales(
    config: Path, staged: Path, output: Path, tags: list[str], processes: int, as_of: datetime.date
) -> None:
    jobs = [(str(config), str(staged), str(output / tag), tag, as_of.isoformat()) for tag in tags]
    if processes == 1:
        said = [_build_locale(*job) for job in jobs]
    else:
        # Spawned, not forked: MkDocs, its plugins and the parent's threads share nothing.
        with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
            said = list(pool.map(_build_locale, *zip(*jobs, strict=True)))
    if messages := tuple(message for each in said for message in each):
        raise SiteError(messages)


def _build_locale(config: str, staged: str, output: str, tag: str, as_of: str) -> tuple[str, ...]:
    """Run MkDocs for one locale and return its warnings and errors."""
    day = datetime.datetime.fromisoformat(as_of).replace(tzinfo=datetime.UTC)
    surroundings = {"NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": str(int(day.timestamp()))}
    with _environment(surroundings), _collected_warnings() as collected:
        # Imported here: MkDocs reads the environment when it is imported.
        from click import ClickException
        from mkdocs.commands.build import build
        from mkdocs.config import load_config

        try:
            loaded = load_config(config, docs_dir=staged, site_dir=output)
            loaded.extra["locale"] = tag
            build(loaded)
        except ClickException as error:  # Abort and ConfigurationError are both made for the command line
            collected.messages.append(error.format_message())
    return tuple(f"{tag}: {message}" for message in collected.messages)


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def _collected_warnings() -> Iterator[_Collector]:
    logger, collector = logging.getLogger("mkdocs"), _Collector()
    logger.addHandler(collector)
    propagate, logger.propagate = logger.propagate, False
    try:
        yield collector
    finally:
        logger.removeHandler(collector)
        logger.propagate = propagate


@contextmanager
def _environment(wanted: Mapping[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(wanted)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _set_modes(output: Path) -> None:
    for folder, _, files in os.walk(output):
        os.chmod(folder, 0o755)
        for file in files:
            os.chmod(os.path.join(folder, file), 0o644)
