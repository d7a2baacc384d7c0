"""How our making grows: pages, tables, open data and feeds of more records, and of more languages."""

import datetime
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from cardguide.artifacts import Artifact
from cardguide.benching.measures import Measure, measure_call
from cardguide.building import create_site
from cardguide.dataset import FILES, Dataset, read_dataset
from cardguide.outputs.embeds import create_embeds
from cardguide.outputs.feeds import create_feeds
from cardguide.outputs.flyers import Flyers
from cardguide.outputs.opendata import create_open_data
from cardguide.project import Project
from cardguide.sitebuild import write_site
from cardguide.staging import write_staged
from cardguide.templating import create_environment

BUILT_UP_TO, LANGUAGES = 10, 4
NO_FLYERS = Flyers(artifacts=(), files=(), editions=(), twins={})


def measure_growth(
    root: Path, folder: Path, as_of: datetime.date, scales: Sequence[int]
) -> Iterator[Measure]:
    """Yield the time of our making for more procedures and questions, and for more languages."""
    project = Project(root=root)
    dataset = read_dataset(project.read_data())
    for scale in scales:
        many, made = multiply_records(dataset, scale), list[Artifact]()
        keep = made.extend if scale <= BUILT_UP_TO else _drop
        make = partial(_make, project, many, as_of, keep)
        yield measure_call(f"our making, {scale} x the records", make)
        if made:
            staged = folder / f"docs-{scale}"
            write_staged(staged, made)
            build = partial(
                write_site, config=root / "mkdocs.yml", staged=staged, output=folder / f"site-{scale}"
            )
            yield measure_call(f"built pages, {scale} x the records", build)
    spoken = multiply_languages(dataset, LANGUAGES)
    *_, last = dataset.site.locales
    for tag in spoken.site.locales.keys() - dataset.site.locales.keys():
        shutil.copytree(root / "content" / last, root / "content" / tag)
    yield measure_call(f"our making, {LANGUAGES} languages", partial(_make, project, spoken, as_of, _drop))


def _make(
    project: Project, dataset: Dataset, as_of: datetime.date, keep: Callable[[Iterator[Artifact]], None]
) -> None:
    environment, tokens = create_environment(project.templates), project.styles["tokens.css"]
    keep(create_site(project, dataset, as_of, NO_FLYERS, framing=lambda frame: frame))
    keep(create_embeds(dataset, environment, as_of=as_of, tokens=tokens, files=project.embed_files))
    keep(
        create_open_data(
            dataset, as_of=as_of, municipalities=project.municipalities, examples=project.examples
        )
    )
    keep(create_feeds(dataset, as_of=as_of))


def _drop(artifacts: Iterator[Artifact]) -> None:
    for _ in artifacts:
        pass


def multiply_records(dataset: Dataset, scale: int) -> Dataset:
    """Return a dataset with so many times the procedures and the questions."""
    return replace(
        dataset,
        procedures=_multiplied(dataset.procedures, scale),
        questions=_multiplied(dataset.questions, scale),
    )


def _multiplied(records: Mapping[str, Any], scale: int) -> dict[str, Any]:
    names = {
        (key, number): f"{key}-{number}" if number else key for number in range(scale) for key in records
    }
    return {name: records[key].model_copy(update={"id": name}) for (key, _), name in names.items()}


def multiply_languages(dataset: Dataset, count: int) -> Dataset:
    """Return a dataset in so many languages; what is new repeats the last one there is."""
    tags = list(dataset.site.locales)
    last, more = tags[-1], [f"x{letter}" for letter in "abcdefgh"[: count - len(tags)]]

    def spoken(value: Any) -> Any:
        if isinstance(value, dict):
            inner = {key: spoken(each) for key, each in value.items()}
            return inner | dict.fromkeys(more, inner[last]) if set(tags) <= inner.keys() else inner
        return [spoken(each) for each in value] if isinstance(value, list) else value

    parts = [
        model.model_validate(spoken(dataset.files[name].data))
        for name, model in FILES.items()
        if name in dataset.files
    ]
    records = {field: getattr(part, field) for part in parts for field in type(part).model_fields}
    return Dataset(**records, files=dataset.files)
