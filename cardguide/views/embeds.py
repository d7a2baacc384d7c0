"""Views of the tables that partners embed: one or several languages, each statement with its provenance.

A table in several languages has no more columns than one in a single language: the languages stand one below the other.
"""

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from string import ascii_lowercase

from cardguide.model import State
from cardguide.richtext import RichText, plain
from cardguide.views.counters import SignView
from cardguide.views.presenting import CitationView, Presenter, ProvenanceView, StatementView, UnknownView


@dataclass(frozen=True, kw_only=True, slots=True)
class Spoken:
    """Words in one language."""

    lang: str
    text: RichText


Words = tuple[Spoken, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class LineView:
    """A statement; ``mark`` says how sure it is, ``notes`` point to the sources and caveats at the foot."""

    words: Words
    mark: Words = ()
    notes: str = ""
    record: str
    state: str


Cells = tuple[tuple[LineView, ...], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class RowView:
    """A row: its head, with a sign and the official name where it is a procedure, and its cells."""

    record: str
    sign: SignView | None = None
    head: Words
    official: Words = ()
    href: str | None = None
    notes: str = ""
    cells: Cells


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupView:
    """Rows that stand under one heading, and what holds for all of them."""

    id: str
    heading: Words
    notes: str = ""
    lines: tuple[LineView, ...]
    rows: tuple[RowView, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteView:
    """A source or a caveat at the foot of a table, under the mark that statements carry."""

    mark: str
    text: str
    href: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkView:
    """A link, in each language to the page of that language."""

    words: Spoken
    href: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FootView:
    """What stands at the foot of every table, so that it survives every way of embedding."""

    stale: Words
    lines: tuple[Words, ...]
    more: tuple[Words, ...]
    sources_label: Words
    sources: tuple[NoteView, ...]
    caveats: tuple[NoteView, ...]
    links: tuple[LinkView, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class EmbedView:
    """A table to embed; ``page`` is the page of the site that shows the same."""

    name: str
    tag: str
    lang: str
    direction: str
    title: str
    page: str
    caption: Words
    lead: tuple[LineView, ...]
    columns: tuple[Words, ...]
    labels: tuple[str, ...]
    groups: tuple[GroupView, ...]
    foot: FootView
    as_of: datetime.date
    checked_on: datetime.date
    valid_until: datetime.date


@dataclass(frozen=True, kw_only=True, slots=True)
class Content:
    """What a table holds, before its foot is known; ``unknown`` are the facts that it cannot state."""

    lead: tuple[LineView, ...]
    columns: tuple[Words, ...]
    groups: tuple[GroupView, ...]
    unknown: tuple[str, ...] = ()
    extra: tuple[Words, ...] = ()
    short: bool = False


@dataclass(kw_only=True, slots=True)
class Notes:
    """Numbers the sources and letters the caveats in the order in which a table names them."""

    cited: dict[str, dict[str, CitationView]] = field(default_factory=dict)
    caveats: dict[str, int] = field(default_factory=dict)
    days: list[datetime.date] = field(default_factory=list)
    states: set[State] = field(default_factory=set)

    def mark(self, provenance: ProvenanceView) -> str:
        """Return the marks of a statement, ``1 2 a``."""
        self.days.append(provenance.checked_on)
        self.states.add(provenance.state)
        marks = []
        for citation in provenance.citations:
            self.cited.setdefault(citation.source, {})[citation.place_id] = citation
            marks.append(str(list(self.cited).index(citation.source) + 1))
        letters = [self.caveats.setdefault(code, len(self.caveats)) for code in provenance.caveat_codes]
        marks.extend(ascii_lowercase[index] for index in letters)
        return " ".join(dict.fromkeys(marks))

    def caveat_marks(self) -> tuple[tuple[str, str], ...]:
        """Return the caveats that were named, each with its letter."""
        return tuple((ascii_lowercase[index], code) for code, index in self.caveats.items())


@dataclass(frozen=True, kw_only=True)
class Voices:
    """The presenters of a table, one a language, the first of them its main language."""

    presenters: tuple[Presenter, ...]

    @property
    def main(self) -> Presenter:
        """The presenter whose language the document has."""
        return self.presenters[0]

    @property
    def tag(self) -> str:
        """The name of the combination in paths."""
        return "-".join(presenter.locale.tag for presenter in self.presenters)

    @property
    def is_long(self) -> bool:
        """Say whether the table is said more than once, or read above its words: the places in sources are left out."""
        return len(self.presenters) > 1 or self.main.locale.has_furigana

    def say(self, speak: Callable[[Presenter], RichText | str]) -> Words:
        """Return what each presenter says."""
        return tuple(
            Spoken(lang=each.locale.tag, text=plain(text) if isinstance(text := speak(each), str) else text)
            for each in self.presenters
        )

    def label(self, label: str) -> Words:
        """Return a label in each language."""
        return self.say(lambda presenter: presenter.label(label))

    def words(self, texts: Iterable[RichText]) -> Words:
        """Return texts that are in the order of the presenters."""
        return tuple(
            Spoken(lang=each.locale.tag, text=text) for each, text in zip(self.presenters, texts, strict=True)
        )

    def lines(
        self, notes: Notes, present: Callable[[Presenter], Iterable[StatementView]]
    ) -> tuple[LineView, ...]:
        """Return the statements of a cell, each in every language."""
        return tuple(
            self._line(notes, views)
            for views in zip(*(present(each) for each in self.presenters), strict=True)
        )

    def unknowns(
        self, notes: Notes, present: Callable[[Presenter], Iterable[UnknownView]]
    ) -> tuple[LineView, ...]:
        """Return open questions as lines; whom to ask stands at the foot."""
        found = zip(*(present(each) for each in self.presenters), strict=True)
        return tuple(self._unknown(notes, views) for views in found)

    def _line(self, notes: Notes, views: Sequence[StatementView]) -> LineView:
        provenance = views[0].provenance
        marked = views[0].note is not None
        return LineView(
            words=self.words([view.text for view in views]),
            mark=self.say(
                lambda each: each.rich_label("reported-short", date=each.day(provenance.checked_on, "short"))
            )
            if marked
            else (),
            notes=notes.mark(provenance),
            record=provenance.record,
            state=provenance.state.value,
        )

    def _unknown(self, notes: Notes, views: Sequence[UnknownView]) -> LineView:
        provenance = views[0].provenance
        return LineView(
            words=self.words([view.note for view in views]),
            notes=notes.mark(provenance),
            record=provenance.record,
            state=provenance.state.value,
        )


def flat(words: Words) -> str:
    """Return words for an attribute, where no language can be marked."""
    return " / ".join(str(each.text) for each in words)
