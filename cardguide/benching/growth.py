"""How our making grows: pages, tables, open data and feeds of more records, and of more languages."""

import datetime
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from string import ascii_lowercase
from typing import Any

from cardguide.artifacts import Artifact
from cardguide.benching.measures import Measure, measure_call
from cardguide.building import create_site
from cardguide.dataset import Dataset, read_dataset
from cardguide.outputs.embeds import create_embeds
from cardguide.outputs.feeds import create_feeds
from cardguide.outputs.flyers import Flyers
from cardguide.outputs.opendata import create_open_data
from cardguide.project import Project
from cardguide.sitebuild import write_site
from cardguide.staging import write_staged
from cardguide.templating import create_environment
from cardguide.translations import file_of
from cardguide.yamlsource import YamlSource, read_yaml

BUILT_UP_TO = 10
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
    spoken, copies = double_languages(project.read_data())
    for tag, copy in copies.items():
        shutil.copytree(root / "content" / tag, root / "content" / copy)
    yield measure_call("our making, twice the languages", partial(_make, project, spoken, as_of, _drop))


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


def double_languages(contents: Mapping[str, bytes]) -> tuple[Dataset, Mapping[str, str]]:
    """Return the dataset of some files with a copy of each language, and by the tag of each that of its copy."""
    tags = list(read_dataset(contents).site.locales)
    copies = {tag: f"x{letter}" for tag, letter in zip(tags, ascii_lowercase, strict=False)}
    in_records = {tag for tag in tags if file_of(tag) not in contents}

    def doubled(value: Any) -> Any:
        if isinstance(value, dict):
            inner = {key: doubled(each) for key, each in value.items()}
            more = {copies[tag]: inner[tag] for tag in inner if tag in copies}
            return inner | more if in_records <= inner.keys() else inner
        return [doubled(each) for each in value] if isinstance(value, list) else value

    def read(file: str, content: bytes) -> YamlSource:
        source = read_yaml(file, content)
        return replace(source, data=doubled(source.data))

    files = {file_of(copies[tag]): contents[file_of(tag)] for tag in tags if tag not in in_records}
    return read_dataset({**contents, **files}, read=read), copies
