"""The miniature dataset of ``tests/miniature``, as bytes, as records, and with one thing changed."""

import datetime
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from cardguide import dataset as datasets
from cardguide.checks import check_dataset
from cardguide.dataset import FILES, Dataset
from cardguide.model import Record
from cardguide.problems import DataError, Problem
from cardguide.translations import FurtherLocale
from cardguide.yamlsource import YamlSource, read_yaml

HERE = Path(__file__).resolve().parent


def newest_check(folder: Path) -> datetime.date:
    """Return the newest day on which a record of a data folder was checked; no earlier day can read it."""
    texts = (file.read_text("utf-8") for file in folder.rglob("*.yaml"))
    days = [
        day for text in texts for day in re.findall(r"\bverified_on: (\d{4}-\d\d-\d\d)$", text, re.MULTILINE)
    ]
    return datetime.date.fromisoformat(max(days))


TODAY = max(newest_check(HERE / "miniature" / "data"), newest_check(HERE.parent / "data"))
TOMORROW = (TODAY + datetime.timedelta(days=1)).isoformat()


@cache
def miniature_data() -> Mapping[str, bytes]:
    """Return the files of the miniature by name; its labels are the real ones."""
    own, real = HERE / "miniature" / "data", HERE.parent / "data"
    homes = {name: own if (own / f"{name}.yaml").exists() else real for name in FILES}
    return {name: (home / f"{name}.yaml").read_bytes() for name, home in homes.items()}


EASY = "locales/ja-simple"


@cache
def easy_miniature_data() -> Mapping[str, bytes]:
    """Return the miniature with easy Japanese as a third language; labels and readings are the real ones."""
    real = HERE.parent / "data"
    entry = "{name: やさしい日本語, cldr: ja, names_from: ja, has_furigana: true, is_easy: true}"
    site = re.sub(
        r"\n  locales:\n(?:    .*\n)+", rf"\g<0>    ja-simple: {entry}\n", miniature_data()["site"].decode()
    )
    own = (HERE / "miniature" / "easy" / f"{EASY}.yaml").read_text("utf-8")
    labels = re.findall(r"^  labels\..*\n", (real / f"{EASY}.yaml").read_text("utf-8"), re.MULTILINE)
    return {
        **miniature_data(),
        "site": site.encode(),
        EASY: (own + "".join(labels)).encode(),
        "readings": (real / "readings.yaml").read_bytes(),
    }


def read_miniature() -> Dataset:
    """Return the miniature as records."""
    return read_quickly(miniature_data())


_read_file = lru_cache(maxsize=40)(read_yaml)
_SHAPED: dict[object, Record | DataError] = {}


def _shape_file(name: str, source: YamlSource, further: tuple[FurtherLocale, ...]) -> Record:
    """Shape one file as ``read_dataset`` does, once for the same bytes."""
    around = tuple((each.tag, each.names_from, each.source and each.source.digest) for each in further)
    key = (name, source.digest, around)
    if key not in _SHAPED:
        if len(_SHAPED) > 60:
            _SHAPED.clear()
        try:
            _SHAPED[key] = datasets.shape_file(name, source, further)
        except DataError as error:
            _SHAPED[key] = error
    if isinstance(shaped := _SHAPED[key], DataError):
        raise shaped
    return shaped


def read_quickly(contents: Mapping[str, bytes]) -> Dataset:
    """Return what ``read_dataset`` returns, reading only files that changed since the last call."""
    return datasets.read_dataset(contents, read=_read_file, shape=_shape_file)


def find_problems(contents: Mapping[str, bytes], as_of: datetime.date = TODAY) -> tuple[Problem, ...]:
    """Return what is wrong with the files of a dataset, as one sorted list."""
    try:
        dataset = read_quickly(contents)
    except DataError as error:
        return error.problems
    return tuple(sorted(check_dataset(dataset, as_of, today=TODAY)))
