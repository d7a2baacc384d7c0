"""The way of the data: from a project folder to artifacts, staged pages and the published tree."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from cardguide.artifacts import Artifact
from cardguide.checks import check_dataset
from cardguide.dataset import Dataset, read_dataset
from cardguide.outputs.assets import create_assets
from cardguide.outputs.frame import create_frame
from cardguide.outputs.pages import create_pages
from cardguide.outputs.rootpages import create_root_pages
from cardguide.problems import DataError, Problem
from cardguide.project import Project
from cardguide.siteframe import SiteFrame, create_frame_artifact
from cardguide.templating import create_environment
from cardguide.views.pages import FlyerFile, Surroundings

OUTPUTS = ("site", "flyers", "embeds", "data")
Report = Callable[[str], None]


def read_checked(project: Project, as_of: datetime.date) -> tuple[Dataset, tuple[Problem, ...]]:
    """Return the dataset and its warnings; raise ``DataError`` with all problems if one of them is an error."""
    dataset = read_dataset(project.read_data())
    problems = tuple(sorted(check_dataset(dataset, as_of)))
    if any(problem.severity == "error" for problem in problems):
        raise DataError(problems)
    return dataset, problems


def create_surroundings(
    project: Project, dataset: Dataset, as_of: datetime.date, flyers: tuple[FlyerFile, ...]
) -> dict[str, Surroundings]:
    """Return what the pages of each locale need beside the dataset."""
    return {
        locale.tag: Surroundings(prose=project.prose(locale.tag), flyers=flyers) for locale in dataset.locales
    }


def create_site(
    project: Project, dataset: Dataset, as_of: datetime.date, flyers: tuple[FlyerFile, ...]
) -> Iterator[Artifact]:
    """Yield the staged pages, the frame and the assets of the site."""
    environment = create_environment(project.templates)
    assets = create_assets(styles=project.styles, scripts=project.scripts, icon=project.icon)
    frame = create_frame(dataset, as_of=as_of, stylesheet=assets.stylesheet, scripts=assets.scripts)
    yield from assets.artifacts
    yield create_frame_artifact(frame)
    yield from create_root_pages(frame, environment)
    yield from create_pages(
        dataset, environment, as_of=as_of, surroundings=create_surroundings(project, dataset, as_of, flyers)
    )
