"""How a sheet says records: in each of its languages, with numbered sources, and with a memory of what was said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from cardguide.model import State
from cardguide.richtext import plain
from cardguide.views.presenting import CitationView, Presenter, StatementView
from cardguide.views.sheetview import Said, Spoken

PRIVATE = "†"


@dataclass(kw_only=True)
class Speech:
    """Says records in each language of a sheet, numbers their sources and keeps what was said."""

    speakers: tuple[Presenter, ...]
    numbered: dict[str, None] = field(default_factory=dict)
    private_sources: dict[str, None] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)

    def statements(self, views: Iterable[StatementView]) -> Spoken:
        """Return one statement of all languages."""
        return tuple(self._say(speaker, view) for speaker, view in zip(self.speakers, views, strict=True))

    def facts(self, fact_ids: Iterable[str]) -> tuple[Spoken, ...]:
        """Return the sentences of text facts."""
        return tuple(self.statements([speaker.fact(fact) for speaker in self.speakers]) for fact in fact_ids)

    def remember(self, record: str, lang: str, words: str) -> None:
        """Keep what was said of a record."""
        self.words[f"{record} {lang}"] = words

    def mark(self, citations: Sequence[CitationView]) -> tuple[str, ...]:
        """Return the marks of the notes of some sources: numbers, and one sign for all private sources."""
        marks = set()
        for citation in citations:
            if citation.official:
                self.numbered.setdefault(citation.source)
                marks.add(list(self.numbered).index(citation.source) + 1)
            else:
                self.private_sources[citation.source] = None
        is_private = any(not citation.official for citation in citations)
        return (*map(str, sorted(marks)), *([PRIVATE] if is_private else []))

    def _say(self, speaker: Presenter, view: StatementView) -> Said:
        provenance = view.provenance
        lang = speaker.locale.tag
        mark = "" if provenance.state is State.CONFIRMED else f" [{provenance.state}]"
        self.remember(provenance.record, lang, f"{view.text}{mark}")
        return Said(
            lang=lang,
            text=view.text,
            notes=self.mark(provenance.citations),
            mark=speaker.rich_label("reported-short", date=speaker.day(provenance.checked_on))
            if view.note
            else None,
            record=provenance.record,
        )

    def names(self, texts: Sequence[str], record: str) -> Spoken:
        """Return a name in all languages."""
        for speaker, text in zip(self.speakers, texts, strict=True):
            self.remember(record, speaker.locale.tag, text)
        return tuple(
            Said(lang=speaker.locale.tag, text=plain(text), record=record)
            for speaker, text in zip(self.speakers, texts, strict=True)
        )

    def labels(self, label: str) -> Spoken:
        """Return a label in all languages."""
        return tuple(
            Said(lang=speaker.locale.tag, text=plain(speaker.label(label))) for speaker in self.speakers
        )
