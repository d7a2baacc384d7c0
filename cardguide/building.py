"""The way of the data: from a project folder to artifacts, staged pages and the published tree."""

import datetime
import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Protocol

from cardguide.artifacts import Artifact
from cardguide.checking import read_checked
from cardguide.dataset import Dataset
from cardguide.manifest import Making, create_making, hash_facts
from cardguide.outputs.assets import SiteAssets, create_assets, read_colours
from cardguide.outputs.editions import create_edition_pages, read_ledger
from cardguide.outputs.embeds import create_embeds
from cardguide.outputs.feeds import create_feeds
from cardguide.outputs.flyers import Flyers, Order, collect_flyers, create_orders
from cardguide.outputs.frame import create_frame, create_readings
from cardguide.outputs.headers import create_headers
from cardguide.outputs.opendata import create_open_data
from cardguide.outputs.pages import create_pages, create_some_pages
from cardguide.outputs.rootpages import create_root_pages
from cardguide.outputs.socialpictures import SocialBrush, create_social_pictures
from cardguide.pdf.printing import Made, Printing
from cardguide.problems import Problem
from cardguide.project import Project
from cardguide.proofs import prove_tree
from cardguide.publishing import holding, publishing
from cardguide.sitebuild import write_site
from cardguide.siteframe import SiteFrame, create_frame_artifact
from cardguide.staging import write_staged
from cardguide.store import Store
from cardguide.templating import create_environment
from cardguide.views.pages import Surroundings

OUTPUTS = ("site", "flyers", "embeds", "data")
CACHE = "build/cache"
FOLDERS = {"embeds": ("embed/",), "data": ("data/", "schema/", "feeds/")}
Say = Callable[[str], None]
Framing = Callable[[SiteFrame], SiteFrame]


class Sheets(Protocol):
    """Sheets that are being made, or that are at hand."""

    def result(self) -> tuple[Made, ...]:
        """Return them in the order of their orders."""


Printer = Callable[[Sequence[Order]], AbstractContextManager[Sheets]]


def build(
    root: Path,
    output: Path,
    *,
    as_of: datetime.date,
    only: Collection[str],
    since: str,
    say: Say,
    warn: Callable[[Sequence[Problem]], None],
) -> None:
    """Publish everything made from a project folder, or nothing.

    Tables and data that ``only`` does not name are kept as they were last staged if that was from the same data and as
    of the same day: one tree never says two things. Sheets and pages are always those of now.
    ``since`` is the moment of the start, in Japan.
    """
    project, staged, making = Project(root=root), root / "build" / "docs", create_making(root, as_of)
    is_whole = not set(OUTPUTS) - set(only)
    mark, facts = root / "build" / "staged.sha256", hash_facts(making)
    pages, sheets, pictures = (Store(root / CACHE / name) for name in ("pages", "sheets", "pictures"))
    printer = create_printer(project, sheets, say)

    def made() -> Making:
        # Of kept outputs, and of sources that somebody edits meanwhile, nobody knows what they were made from.
        is_known = is_whole and create_making(root, as_of) == making
        return making if is_known else replace(making, inputs="")

    today = datetime.datetime.fromisoformat(since).date()
    dataset, warnings = read_checked(project, as_of, today=today)
    warn(warnings)
    # The staged folder is one for all outputs of a project, so two builds of it never run side by side.
    with holding(root / "build" / "lock", since=since), publishing(output, since=since, made=made) as fresh:
        is_kept = mark.is_file() and mark.read_text("utf-8") == facts
        wanted = [name for name in OUTPUTS if name in only or not (is_kept and kept(staged, name))]
        say("flyers")
        artifacts = list(create_artifacts(project, dataset, as_of, wanted, printer, pictures=pictures))
        mark.unlink(missing_ok=True)  # Until all is staged, nobody knows what it was made from.
        write_staged(staged, artifacts)
        mark.write_text(facts, "utf-8")
        say("pages")
        write_site(config=root / "mkdocs.yml", staged=staged, output=fresh, store=pages)
        say("proofs")
        prove_tree(fresh, staged=staged, private=(str(root), str(Path.home())), known=project.data_text())
        say("publishing")
    if is_whole:
        for store in (pages, sheets, pictures):
            store.forget_unused()
    say(f"published in {output}")


def kept(staged: Path, output: str) -> tuple[Artifact, ...]:
    """Return what was last staged of an output; sheets and pages are never kept, since they name each other."""
    files = sorted(file for folder in FOLDERS.get(output, ()) for file in (staged / folder).rglob("*"))
    return tuple(
        Artifact(path=file.relative_to(staged).as_posix(), content=file.read_bytes())
        for file in files
        if file.is_file()
    )


def create_printer(project: Project, store: Store, say: Say) -> Printer:
    """Return the printer that makes what the store does not hold."""
    return lambda orders: Printing([order.job for order in orders], fonts=project.fonts, store=store, say=say)


def create_artifacts(
    project: Project,
    dataset: Dataset,
    as_of: datetime.date,
    wanted: Collection[str],
    printer: Printer,
    *,
    pictures: Store,
) -> Iterator[Artifact]:
    """Yield the staged tree: the wanted outputs anew, the others as they were staged."""
    orders = create_orders(dataset, files=project.paper_files, as_of=as_of)
    with printer(orders) as sheets:  # made in other processes while this one goes on
        yield from create_tables(project, dataset, as_of, wanted, pictures=pictures)
        # The pages name the sheets with their size, so they are always known; the store makes that cheap.
        flyers = collect_flyers(orders, sheets.result())
    yield from flyers.artifacts
    yield from create_all_pages(project, dataset, as_of, flyers)


def create_tables(
    project: Project, dataset: Dataset, as_of: datetime.date, wanted: Collection[str], *, pictures: Store
) -> Iterator[Artifact]:
    """Yield what needs no sheets and no page shows: tables, data, feeds, and the pictures of shared pages."""
    staged, environment = project.root / "build" / "docs", create_environment(project.templates)
    makers: dict[str, Callable[[], Iterator[Artifact]]] = {
        "embeds": lambda: create_embeds(
            dataset, environment, as_of=as_of, tokens=project.styles["tokens.css"], files=project.embed_files
        ),
        "data": lambda: chain(
            create_open_data(
                dataset, as_of=as_of, municipalities=project.municipalities, examples=project.examples
            ),
            create_feeds(dataset, as_of=as_of),
        ),
    }
    for name, maker in makers.items():
        yield from maker() if name in wanted else kept(staged, name)
    yield from create_social_pictures(dataset, _brush(project), as_of=as_of, store=pictures)


def create_all_pages(
    project: Project,
    dataset: Dataset,
    as_of: datetime.date,
    flyers: Flyers,
    *,
    framing: Framing = lambda frame: frame,
) -> Iterator[Artifact]:
    """Yield the pages of the site and of the editions, the frame and the assets."""
    yield from create_site(project, dataset, as_of, flyers, framing=framing)
    environment = create_environment(project.templates)
    yield from create_edition_pages(
        dataset,
        environment,
        twins=flyers.twins,
        current=flyers.editions,
        recorded=read_ledger(project.flyer_files),
        files=flyers.files,
        as_of=as_of,
    )


def create_site(
    project: Project,
    dataset: Dataset,
    as_of: datetime.date,
    flyers: Flyers,
    *,
    framing: Framing,
) -> Iterator[Artifact]:
    """Yield the staged pages, the frame and the assets of the site."""
    environment = create_environment(project.templates, for_markdown=True)
    assets = _assets(project)
    frame = framing(create_frame(dataset, as_of=as_of, stylesheet=assets.stylesheet, scripts=assets.scripts))
    yield from assets.artifacts
    for name, content in project.imprint_font.items():
        yield Artifact(path=f"assets/fonts/{name}", content=content)
    yield create_headers(
        locales=[locale.tag for locale in dataset.locales],
        frozen=project.embed_releases,
        deprecation=dataset.site.deprecation,
    )
    yield create_frame_artifact(frame)
    if any(locale.has_furigana for locale in dataset.locales):
        yield create_readings(dataset)
    yield from create_root_pages(frame, environment)
    yield from create_pages(
        dataset, environment, as_of=as_of, surroundings=_surroundings(project, dataset, flyers, assets)
    )


def create_part_of_site(
    project: Project,
    dataset: Dataset,
    as_of: datetime.date,
    flyers: Flyers,
    *,
    framing: Framing,
    is_wanted: Callable[[str], bool],
) -> Iterator[Artifact]:
    """Yield the frame, and the staged pages that are wanted."""
    assets = _assets(project)
    frame = framing(create_frame(dataset, as_of=as_of, stylesheet=assets.stylesheet, scripts=assets.scripts))
    yield create_frame_artifact(frame)
    yield from create_some_pages(
        dataset,
        create_environment(project.templates, for_markdown=True),
        as_of=as_of,
        surroundings=_surroundings(project, dataset, flyers, assets),
        is_wanted=is_wanted,
    )


def _assets(project: Project) -> SiteAssets:
    return create_assets(
        styles=project.styles,
        scripts=project.scripts,
        imprint=project.imprint_script,
        icon=project.icon,
    )


def _surroundings(
    project: Project, dataset: Dataset, flyers: Flyers, assets: SiteAssets
) -> Mapping[str, Surroundings]:
    return {
        locale.tag: Surroundings(
            prose=project.prose(locale.tag),
            flyers=flyers.files,
            embed_heights=json.loads(project.embed_files["heights.json"]),
            imprint_script=assets.imprint,
        )
        for locale in dataset.locales
    }


def _brush(project: Project) -> SocialBrush:
    return SocialBrush(
        regular=(project.fonts / "BIZUDPGothic-Regular.ttf").read_bytes(),
        strong=(project.fonts / "BIZUDPGothic-Bold.ttf").read_bytes(),
        colours=read_colours(project.styles["tokens.css"]),
    )
