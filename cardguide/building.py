"""The way of the data: from a project folder to artifacts, staged pages and the published tree."""

import datetime
import json
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from cardguide.artifacts import Artifact
from cardguide.checking import read_checked
from cardguide.dataset import Dataset
from cardguide.manifest import Making, create_making
from cardguide.outputs.assets import create_assets
from cardguide.outputs.editions import create_edition_pages, read_ledger
from cardguide.outputs.embeds import create_embeds
from cardguide.outputs.feeds import create_feeds
from cardguide.outputs.flyers import Flyers, create_flyers
from cardguide.outputs.frame import create_frame
from cardguide.outputs.headers import create_headers
from cardguide.outputs.opendata import create_open_data
from cardguide.outputs.pages import create_pages
from cardguide.outputs.rootpages import create_root_pages
from cardguide.problems import DataError, Language, Problem, format_text
from cardguide.project import Project
from cardguide.projectfiles import SOURCES
from cardguide.proofs import prove_tree
from cardguide.publishing import holding, publishing
from cardguide.sitebuild import write_site
from cardguide.siteframe import SiteFrame, create_frame_artifact
from cardguide.staging import write_staged
from cardguide.templating import create_environment
from cardguide.views.pages import Surroundings

OUTPUTS = ("site", "flyers", "embeds", "data")
FOLDERS = {"flyers": ("flyers/",), "embeds": ("embed/",), "data": ("data/", "schema/", "feeds/")}
Say = Callable[[str], None]
Framing = Callable[[SiteFrame], SiteFrame]


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

    Outputs that ``only`` does not name are kept as they were last staged, and made when they never were.
    ``since`` is the moment of the start, in Japan.
    """
    project, staged, making = Project(root=root), root / "build" / "docs", create_making(root, as_of)
    is_whole = not set(OUTPUTS) - set(only)

    def made() -> Making:
        # Of kept outputs, and of sources that somebody edits meanwhile, nobody knows what they were made from.
        is_known = is_whole and create_making(root, as_of) == making
        return making if is_known else replace(making, inputs="")

    today = datetime.datetime.fromisoformat(since).date()
    dataset, warnings = read_checked(project, as_of, today=today)
    warn(warnings)
    # The staged folder is one for all outputs of a project, so two builds of it never run side by side.
    with holding(root / "build" / "lock", since=since), publishing(output, since=since, made=made) as fresh:
        wanted = [name for name in OUTPUTS if name in only or not kept(staged, name)]
        write_staged(staged, create_artifacts(project, dataset, as_of, wanted, say))
        say("pages")
        write_site(config=root / "mkdocs.yml", staged=staged, output=fresh)
        say("proofs")
        prove_tree(fresh, staged=staged, private=(str(root), str(Path.home())), known=project.data_text())
        say("publishing")
    say(f"published in {output}")


def serve(root: Path, *, as_of: datetime.date, port: int, language: Language, say: Say) -> None:
    """Serve a live preview of a project folder until it is interrupted."""
    from cardguide.preview import PreviewError
    from cardguide.preview import serve as serve_site

    def as_preview(frame: SiteFrame) -> SiteFrame:
        # The reload script of the preview is inline, which the policy of the published site forbids.
        return replace(frame, site_url=f"http://127.0.0.1:{port}/", policy="")

    def restage() -> None:
        project = Project(root=root)
        try:
            dataset, _ = read_checked(project, as_of, must_be_confirmed=False)
            artifacts = list(create_artifacts(project, dataset, as_of, OUTPUTS, lambda _: None, as_preview))
        except DataError as error:
            raise PreviewError(format_text(error.problems, language).rstrip()) from error
        write_staged(staged, artifacts)

    staged = root / "build" / "preview"
    sources = [root / folder for folder in SOURCES if (root / folder).is_dir()]
    serve_site(
        config=root / "mkdocs.yml",
        staged=staged,
        sources=sources,
        restage=restage,
        say=say,
        address=("127.0.0.1", port),
    )


def kept(staged: Path, output: str) -> tuple[Artifact, ...]:
    """Return what was last staged of an output; the site is never kept, since it links to all others."""
    files = sorted(file for folder in FOLDERS.get(output, ()) for file in (staged / folder).rglob("*"))
    return tuple(
        Artifact(path=file.relative_to(staged).as_posix(), content=file.read_bytes())
        for file in files
        if file.is_file()
    )


def create_artifacts(
    project: Project,
    dataset: Dataset,
    as_of: datetime.date,
    wanted: Collection[str],
    say: Say,
    framing: Framing = lambda frame: frame,
) -> Iterator[Artifact]:
    """Yield the staged tree: the wanted outputs anew, the others as they were staged."""
    staged, environment = project.root / "build" / "docs", create_environment(project.templates)
    say("flyers")
    # The pages name the sheets with their size, so they are always known; the cache makes that cheap.
    flyers = create_flyers(
        dataset,
        files=project.paper_files,
        fonts=project.fonts,
        as_of=as_of,
        say=say,
        cache=project.root / "build" / "cache",
    )
    makers: dict[str, Callable[[], Iterator[Artifact]]] = {
        "flyers": lambda: iter(flyers.artifacts),
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
    yield from chain.from_iterable(
        maker() if name in wanted else kept(staged, name) for name, maker in makers.items()
    )
    yield from create_site(project, dataset, as_of, flyers, framing)
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
    project: Project, dataset: Dataset, as_of: datetime.date, flyers: Flyers, framing: Framing
) -> Iterator[Artifact]:
    """Yield the staged pages, the frame and the assets of the site."""
    environment = create_environment(project.templates, for_markdown=True)
    assets = create_assets(styles=project.styles, scripts=project.scripts, icon=project.icon)
    frame = framing(create_frame(dataset, as_of=as_of, stylesheet=assets.stylesheet, scripts=assets.scripts))
    surroundings = {
        locale.tag: Surroundings(
            prose=project.prose(locale.tag),
            flyers=flyers.files,
            embed_heights=json.loads(project.embed_files["heights.json"]),
        )
        for locale in dataset.locales
    }
    yield from assets.artifacts
    yield create_headers(locales=[locale.tag for locale in dataset.locales], frozen=project.embed_releases)
    yield create_frame_artifact(frame)
    yield from create_root_pages(frame, environment)
    yield from create_pages(dataset, environment, as_of=as_of, surroundings=surroundings)
