"""The dataset: every record of ``data/``, read, proved in shape, and able to say where each value stands."""

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from pydantic import BaseModel, ValidationError

from cardguide.accessmodel import AccessGap, AccessibilityFile, AccessTest
from cardguide.changemodel import Change, ChangesFile
from cardguide.filemodel import (
    CardFormatFile,
    FactsFile,
    FaqFile,
    GlossaryFile,
    LabelsFile,
    OfficesFile,
    PagesFile,
    ProceduresFile,
    ReadingsFile,
    SiteFile,
    SourcesFile,
)
from cardguide.guidemodel import DateInput, DateRule, DatesFile, GuideFile, GuideOutcome, GuideQuestion
from cardguide.locales import Locale
from cardguide.model import ID_KEY, Record, Text
from cardguide.problems import DataError, Problem
from cardguide.recordmodel import (
    CardItem,
    ContactPoint,
    FeeTable,
    ForbiddenPhrase,
    Office,
    OfficeKind,
    Page,
    Prefecture,
    Procedure,
    Question,
    Source,
    Term,
    Topic,
)
from cardguide.sitemodel import Site
from cardguide.translations import (
    FOLDER,
    MEANINGS,
    TEXTS,
    FurtherLocale,
    TextsFile,
    dotted,
    file_of,
    further_locales,
    is_name,
    with_locale,
)
from cardguide.yamlsource import YamlSource, read_yaml

Path = tuple[str | int, ...]

FILES: Mapping[str, type[Record]] = {
    "procedures": ProceduresFile,
    "faq": FaqFile,
    "facts": FactsFile,
    "sources": SourcesFile,
    "offices": OfficesFile,
    "card_format": CardFormatFile,
    "pages": PagesFile,
    "guide": GuideFile,
    "dates": DatesFile,
    "changes": ChangesFile,
    "accessibility": AccessibilityFile,
    "glossary": GlossaryFile,
    "labels": LabelsFile,
    "site": SiteFile,
}

#: Files that a project may do without: readings for furigana, and what further languages bring.
OPTIONAL_FILES: Mapping[str, type[Record]] = {"readings": ReadingsFile}

SHOWN = 60  # characters of a wrong value that a message repeats


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """All records by id, in the order of their files."""

    procedures: Mapping[str, Procedure]
    fee_tables: Mapping[str, FeeTable]
    topics: Mapping[str, Topic]
    questions: Mapping[str, Question]
    facts: Mapping[str, Any]
    sources: Mapping[str, Source]
    kinds: Mapping[str, OfficeKind]
    contacts: Mapping[str, ContactPoint]
    prefectures: Mapping[str, Prefecture]
    offices: Mapping[str, Office]
    items: Mapping[str, CardItem]
    pages: Mapping[str, Page]
    guide_questions: Mapping[str, GuideQuestion]
    guide_outcomes: Mapping[str, GuideOutcome]
    date_inputs: Mapping[str, DateInput]
    date_rules: Mapping[str, DateRule]
    changes: Mapping[str, Change]
    access_tests: Mapping[str, AccessTest]
    access_gaps: Mapping[str, AccessGap]
    terms: Mapping[str, Term]
    forbidden: Mapping[str, ForbiddenPhrase]
    labels: Mapping[str, Text]
    site: Site
    files: Mapping[str, YamlSource]
    words: Mapping[str, str] = field(default_factory=dict)
    counters: Mapping[str, str] = field(default_factory=dict)
    further: Mapping[str, FurtherLocale] = field(default_factory=dict)

    @cached_property
    def locales(self) -> tuple[Locale, ...]:
        """The locales of every output, the default one first."""
        entries = sorted(self.site.locales.values(), key=lambda entry: entry.id != self.site.default_locale)
        return tuple(
            Locale(
                tag=entry.id,
                name=entry.name,
                cldr=entry.cldr,
                direction=entry.direction,
                has_furigana=entry.has_furigana,
            )
            for entry in entries
        )

    def labels_in(self, locale: str) -> Mapping[str, str]:
        """Return the labels of one locale by id."""
        return {label: text[locale] for label, text in self.labels.items() if locale in text.root}

    def meanings_in(self, locale: str) -> Mapping[str, str]:
        """Return what terms mean in the easy words of a locale, by the term."""
        further = self.further.get(locale)
        return (
            {self.terms[term].text[locale]: meaning for term, meaning in further.meanings().items()}
            if further
            else {}
        )

    def problem(self, path: Path, rule: str, *, at_key: bool = False, **details: str) -> Problem:
        """Return a problem at the value that stands under the path, which begins with a collection."""
        source, written = self._place(path)
        found = locate(source, written, rule, at_key=at_key, **details)
        return found if written == path else replace(found, where=dotted(path))

    def home_of(self, path: Path) -> str:
        """Return the file in which a value stands; the text of a further locale stands in that of the locale."""
        further = self.further.get(str(path[-1]))
        if further is not None and further.source is not None:
            return further.source.file
        return self._place(path)[0].file

    def is_borrowed(self, path: Path) -> bool:
        """Tell a name that a locale takes from another one from a text of its own; ``path`` ends with the locale."""
        further = self.further.get(str(path[-1]))
        return further is not None and is_name(path[:-1]) and dotted(path[:-1]) not in further.texts()

    def further_texts(self) -> Iterator[tuple[Path, str]]:
        """Yield the texts and meanings that stand in files of their locales, by their path in the dataset."""
        for locale in self.further.values():
            for text, words in locale.texts().items():
                steps = (int(step) if step.isdecimal() else step for step in text.split("."))
                yield (*steps, locale.tag), words
            for term, words in locale.meanings().items():
                yield (MEANINGS, term, locale.tag), words

    def _place(self, path: Path) -> tuple[YamlSource, Path]:
        """Return the file in which the value stands, and its path there."""
        further, text = self.further.get(str(path[-1])), dotted(path[:-1])
        if further is not None and further.source is not None and text in further.texts():
            return further.source, (TEXTS, text)
        for locale in self.further.values():
            if path[0] == MEANINGS and locale.source is not None and path[1] in locale.meanings():
                return locale.source, path[:2]
        if str(path[0]) not in self._home:  # of a file that is gone
            return self.files["site"], ()
        return self.files[self._home[str(path[0])]], path

    @cached_property
    def _home(self) -> Mapping[str, str]:
        return {collection: name for name, source in self.files.items() for collection in source.data}


def build_shapes() -> None:
    """Build the validators of all files; else each is built when the first file of its shape is read."""
    shapes: tuple[type[BaseModel], ...] = (*FILES.values(), *OPTIONAL_FILES.values(), TextsFile)
    for shape in shapes:
        shape.model_rebuild()


def locate(source: YamlSource, path: Path, rule: str, *, at_key: bool = False, **details: str) -> Problem:
    """Return a problem with the line and column of the path in its file."""
    mark = source.key_mark(path) if at_key else source.mark(path)
    where = ".".join(str(step) for step in path) or source.file
    return Problem(
        file=source.file, line=mark.line, column=mark.column, where=where, rule=rule, details=details
    )


Read = Callable[[str, bytes], YamlSource]
Shape = Callable[[str, YamlSource, tuple[FurtherLocale, ...]], Record]


def read_dataset(
    contents: Mapping[str, bytes], *, read: Read = read_yaml, shape: Shape | None = None
) -> Dataset:
    """Read the dataset from the bytes of its files, by name without ending (``{"faq": b"..."}``).

    ``read`` and ``shape`` are for who reads many datasets that are nearly the same. Raises ``DataError`` with
    everything that is wrong in the form and the shape of all files.
    """
    problems = [_missing_file(name) for name in FILES if name not in contents]
    sources: dict[str, YamlSource] = {}
    for name in [name for name in contents if name in FILES or name in OPTIONAL_FILES or _is_locale(name)]:
        try:
            sources[name] = read(f"data/{name}.yaml", contents[name])
        except DataError as error:
            problems.extend(error.problems)
    further = tuple(further_locales(sources["site"].data, sources)) if "site" in sources else ()
    records: dict[str, Any] = {}
    for name, source in sources.items():
        try:
            part = (shape or shape_file)(name, source, further)
        except DataError as error:
            problems.extend(error.problems)
        else:
            records |= {key: getattr(part, key) for key in type(part).model_fields if not _is_locale(name)}
    if not problems:
        problems.extend(_strange_files(sources, further))
        problems.extend(_missing_file(name) for name in _wanted_files(records["site"]) if name not in sources)
    if problems:
        raise DataError(problems)
    own = {name: source for name, source in sources.items() if not _is_locale(name)}
    return Dataset(**records, files=own, further={locale.tag: locale for locale in further})


def _is_locale(name: str) -> bool:
    return name.startswith(f"{FOLDER}/")


def shape_file(name: str, source: YamlSource, further: tuple[FurtherLocale, ...]) -> Record:
    """Return a file as records, with the texts of further locales; raise ``DataError`` where its shape is wrong."""
    model = TextsFile if _is_locale(name) else {**FILES, **OPTIONAL_FILES}[name]
    data = source.data
    for locale in further if name in FILES else ():
        data = with_locale(data, locale)
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise DataError(_shape_problems(source, model, error)) from error


def _strange_files(sources: Mapping[str, YamlSource], further: Iterable[FurtherLocale]) -> Iterator[Problem]:
    """Yield the files of texts that are those of no locale."""
    for name in sources:
        if _is_locale(name) and name not in {file_of(locale.tag) for locale in further}:
            yield locate(sources[name], (), "locale-file-unknown", locale=name.removeprefix(f"{FOLDER}/"))


def _wanted_files(site: Site) -> Iterator[str]:
    """Yield the files that some projects do without and this one's locales cannot: one problem, not one a text."""
    locales = site.locales.values()
    yield from (file_of(locale.id) for locale in locales if locale.names_from)
    if any(locale.has_furigana for locale in locales):
        yield "readings"


def _missing_file(name: str) -> Problem:
    return Problem(file=f"data/{name}.yaml", line=1, column=1, where=name, rule="file-missing", details={})


def _shape_problems(source: YamlSource, model: type[Record], error: ValidationError) -> Iterator[Problem]:
    faults = error.errors(include_url=False)
    yield from _unfit_kinds(source, (_written_path(source, fault["loc"]) for fault in faults))
    for fault in faults:
        yield from _explain(source, model, fault)


def _explain(source: YamlSource, model: type[Record], fault: Any) -> Iterator[Problem]:
    path = _written_path(source, fault["loc"])
    if fault["type"] == "union_tag_invalid":  # pydantic names the record, not the key that tells its kind
        path = (*path, "kind")
    expected = fault["msg"].removeprefix("Input should be ").removeprefix("Value error, ")
    match fault["type"]:
        case "extra_forbidden":
            yield _unknown_key(source, path, model)
        case "missing":
            yield locate(source, path, "key-missing", at_key=True, key=str(fault["loc"][-1]))
        case "union_tag_not_found":  # pydantic looks at no other key of such a record
            yield locate(source, path, "key-missing", at_key=True, key="kind")
            yield from _slips_of_kind(source, path, model)
        case "enum" | "literal_error" | "union_tag_invalid":
            choices = str(fault.get("ctx", {}).get("expected") or fault["ctx"].get("expected_tags"))
            written, listed = str(_value_at(source, path)), choices.replace(" or ", ", ")
            yield locate(source, path, "choice-unknown", value=written, choices=listed)
        case "string_pattern_mismatch" | "string_too_long":
            yield locate(
                source, path, "form-wrong", value=str(_value_at(source, path)), form=_form(path, fault)
            )
        case "string_too_short":
            yield locate(source, path, "text-empty")
        case _:
            yield locate(
                source, path, "value-wrong", value=_shown(_value_at(source, path)), expected=expected
            )


def _unfit_kinds(source: YamlSource, paths: Iterable[Path]) -> Iterator[Problem]:
    """Yield each record whose value is none of its kind: either of the two may be the slip."""
    for record in dict.fromkeys(path[:2] for path in paths if path[2:3] in {("value",), ("values",)}):
        kind = str(_value_at(source, record).get("kind", ""))
        yield locate(source, (*record, "kind"), "kind-unfit", kind=kind)


def _slips_of_kind(source: YamlSource, path: Path, model: type[Record]) -> Iterator[Problem]:
    for key in difflib.get_close_matches("kind", map(str.lower, _value_at(source, path)), n=1):
        written = next(each for each in _value_at(source, path) if each.lower() == key)
        yield _unknown_key(source, (*path, written), model)


def _written_path(source: YamlSource, location: Iterable[str | int]) -> Path:
    """Return the part of a pydantic location that stands in the file, without tags of unions."""
    path: Path = ()
    value: Any = source.data
    for step in location:
        inside = (
            step in value if isinstance(value, dict) else isinstance(value, list) and isinstance(step, int)
        )
        if inside:
            value = value[step]
            path = (*path, step)
    return path


def _value_at(source: YamlSource, path: Path) -> Any:
    value: Any = source.data
    for step in path:
        value = value[step]
    return value


def _shown(value: Any) -> str:
    text = str(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def _form(path: Path, fault: Any) -> str:
    known = {"source": "src-flyer", "place": "back-q3", "sign": "M1"}
    return known.get(str(path[-1]), str(fault["ctx"].get("pattern", fault["ctx"].get("max_length"))))


def _unknown_key(source: YamlSource, path: Path, model: type[Record]) -> Problem:
    known = sorted(_all_keys(model))
    near = difflib.get_close_matches(str(path[-1]), known, n=1, cutoff=0.6)
    if near:
        return locate(source, path, "key-unknown-near", at_key=True, key=str(path[-1]), near=near[0])
    return locate(source, path, "key-unknown", at_key=True, key=str(path[-1]))


def _all_keys(model: type[Record]) -> set[str]:
    """Return every key that may stand somewhere in the file of this model."""
    return {key for key in _schema_keys(model.model_json_schema()) if key != ID_KEY}


def _schema_keys(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        properties = schema.get("properties")
        if isinstance(properties, dict):
            yield from properties
        for value in schema.values():
            yield from _schema_keys(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from _schema_keys(value)
