"""What a sheet on paper shows: the same records in each language of the sheet, with the numbers of their notes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cardguide.locales import language_of
from cardguide.richtext import RichText, plain
from cardguide.views.carddrawing import LabelLine, place_lines
from cardguide.views.cardface import CardFaceView
from cardguide.views.counters import SignView
from cardguide.views.presenting import Presenter


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """One text in one language, the numbers of its notes, and the mark of what is only reported."""

    lang: str
    text: RichText
    notes: tuple[str, ...] = ()
    mark: RichText | None = None
    record: str = ""


Spoken = tuple[Said, ...]
"""The same text in each language of the sheet, in their order."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetProcedure:
    """A procedure in a list of the sheet."""

    id: str
    sign: SignView
    name: Spoken


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetCounter:
    """A counter with its procedures."""

    id: str
    letter: str
    heading: Spoken
    notes: tuple[str, ...]
    condition: Spoken
    procedures: tuple[SheetProcedure, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetQuestion:
    """A question of the agency's flyer with its answer."""

    id: str
    number: int
    question: Spoken
    answers: tuple[Spoken, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetPhone:
    """A number, and for which phones it is."""

    label: Spoken
    number: str
    address: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetContact:
    """Whom to ask, and the address behind the QR code."""

    id: str
    name: Spoken
    notes: tuple[str, ...]
    phones: tuple[SheetPhone, ...]
    hours: tuple[Spoken, ...]
    page_label: Spoken
    page: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetFace:
    """The card face before and after, drawn once for each language."""

    lang: str
    view: CardFaceView
    label: Callable[..., str]


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetNote:
    """A note at the foot: a source and its publisher."""

    mark: str
    words: Spoken


@dataclass(frozen=True, kw_only=True, slots=True)
class Edition:
    """What a sheet holds, by record and language, and the id that follows from it alone."""

    id: str
    words: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class SheetView:
    """One version of a flyer."""

    name: str
    locales: tuple[str, ...]
    lang: str
    created: str
    as_of: Spoken
    speakers: tuple[Presenter, ...]
    launch: Spoken
    lead: tuple[Spoken, ...]
    applying: tuple[Spoken, ...]
    counters: tuple[SheetCounter, ...]
    also_heading: Spoken
    also: tuple[Spoken, ...]
    questions: tuple[SheetQuestion, ...]
    card_format: tuple[Spoken, ...]
    beside_drawing: tuple[Spoken, ...]
    faces: tuple[SheetFace, ...]
    unknown: tuple[Spoken, ...]
    unknown_on: Spoken
    contacts: tuple[SheetContact, ...]
    notes: tuple[SheetNote, ...]
    edition: Edition

    def say(self, label: str, **words: object) -> Spoken:
        """Return a label in each language of the sheet."""
        return tuple(
            Said(lang=speaker.locale.tag, text=plain(speaker.label(label, **words)))
            for speaker in self.speakers
        )

    @property
    def label(self) -> Callable[..., str]:
        """Return the way to labels in the first language."""
        return self.speakers[0].label

    def others(self, label: str) -> Spoken:
        """Return a label in the other languages of the records, once a language; a further one adds no line."""
        first = self.speakers[0]
        spoken = {language_of(tag) for tag in self.locales}
        unspoken: dict[str, str] = {}
        for locale in first.dataset.locales:
            if locale.tag not in first.dataset.further and locale.language not in spoken:
                unspoken.setdefault(locale.language, locale.tag)
        return tuple(
            Said(lang=tag, text=plain(first.dataset.labels[label][tag])) for tag in unspoken.values()
        )

    @property
    def joined_card(self) -> tuple[LabelLine, ...]:
        """Return the words on the one card, in the first language."""
        return place_lines(self.label("flyer-joined-card"))

    @property
    def site_names(self) -> Spoken:
        """Return the name of the site in each language of the sheet."""
        return tuple(
            Said(lang=speaker.locale.tag, text=plain(speaker.words(speaker.dataset.site.name)))
            for speaker in self.speakers
        )

    @property
    def publishers(self) -> Spoken:
        """Return the publisher in each language of the sheet."""
        return tuple(
            Said(lang=speaker.locale.tag, text=plain(speaker.words(speaker.dataset.site.publisher.name)))
            for speaker in self.speakers
        )

    @property
    def edition_page(self) -> str:
        """Return the address that says whether this sheet is still right."""
        return str(self.speakers[0].address("edition", f"{self.name}-{self.edition.id}"))
