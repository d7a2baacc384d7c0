"""The foot of an embedded table: sources, what is not known, days, publisher, terms, links."""

import datetime

from cardguide.model import State
from cardguide.richtext import Part, RichText, join, plain
from cardguide.views.embeds import Content, FootView, LinkView, Notes, NoteView, Voices, Words
from cardguide.views.presenting import Presenter

FEW = 3


def create_foot(
    voices: Voices,
    notes: Notes,
    content: Content,
    *,
    checked: datetime.date,
    until: datetime.date,
    links: tuple[LinkView, ...],
) -> FootView:
    """Return the foot.

    Most sources are Japanese: their list speaks the main language of the table only, which halves its weight. It links
    to the sources as the site describes them, so that a partner's page never links to somebody's private site. A table
    in several languages, or with readings above its words, names the sources; the places in them stand on that page.
    """
    unknown = (_unknown(voices, content.unknown),) if content.unknown else ()
    reported = (_reported(voices),) if State.REPORTED in notes.states else ()
    whole = (_days(voices, checked, until), _publisher(voices))
    lines = (_short(voices, checked),) if content.short else (*content.extra, *unknown, *reported, *whole)
    return FootView(
        stale=voices.say(lambda each: each.rich_label("embed-stale", date=each.day(until))),
        lines=(*_ending(voices), *lines),
        more=(*(whole if content.short else ()), *_where(voices)),
        sources_label=voices.label("provenance"),
        sources=_sources(voices, notes),
        caveats=_caveats(voices, notes),
        links=links,
    )


def is_counted(voices: Voices, facts: tuple[str, ...]) -> bool:
    """Say whether open questions are counted and linked, not named: many of them in several languages are a wall."""
    return len(voices.presenters) > 1 and len(facts) > FEW


def _unknown(voices: Voices, facts: tuple[str, ...]) -> Words:
    if is_counted(voices, facts):
        return voices.say(lambda each: _counted(each, facts))

    def speak(each: Presenter) -> RichText:
        views = each.unknowns(facts)
        titles = join([plain(view.short_title) for view in views], each.label("list-separator"))
        return each.rich_label("embed-unknown", titles=titles, ask=views[0].ask)

    return voices.say(speak)


def _counted(each: Presenter, facts: tuple[str, ...]) -> RichText:
    words = each.label("embed-unknown-count", count=each.formatter.number(len(facts)))
    link = RichText((Part(text=words, href=each.address("page", "open-questions")),))
    return each.rich_label("embed-unknown-many", link=link, ask=each.unknown(facts[0]).ask)


def _reported(voices: Voices) -> Words:
    return voices.say(lambda each: each.rich_label("embed-reported", link=each.value("url-isa-card")))


def _ending(voices: Voices) -> tuple[Words, ...]:
    """Say that this version of the table ends, or has ended, and where the new one is."""
    deprecation, day = voices.main.dataset.site.deprecation, voices.main.as_of
    if deprecation is None or not deprecation.is_near(day):
        return ()
    label = "embed-ended" if day > deprecation.sunset else "embed-ends"

    def speak(each: Presenter) -> RichText:
        link = RichText((Part(text=each.label("embed-successor"), href=deprecation.successor),))
        return each.rich_label(label, sunset=each.day(deprecation.sunset), link=link)

    return (voices.say(speak),)


def _days(voices: Voices, checked: datetime.date, until: datetime.date) -> Words:
    return voices.say(
        lambda each: each.rich_label(
            "embed-days", checked=each.day(checked), day=each.day(each.as_of), until=each.day(until)
        )
    )


def _short(voices: Voices, checked: datetime.date) -> Words:
    return voices.say(
        lambda each: each.rich_label(
            "embed-short", unofficial=plain(each.label("frame-unofficial")), checked=each.day(checked)
        )
    )


def _publisher(voices: Voices) -> Words:
    site = voices.main.dataset.site
    return voices.say(
        lambda each: each.rich_label(
            "embed-publisher",
            unofficial=plain(each.words(site.unofficial)),
            publisher=plain(each.words(site.publisher.name)),
            licence=_licence(voices, each),
        )
    )


def _licence(voices: Voices, each: Presenter) -> RichText:
    """Return the terms with their address; in several languages the short name, which is the same in all."""
    site = voices.main.dataset.site
    words = each.words(site.licence) if len(voices.presenters) == 1 else each.label("licence-short")
    return RichText((Part(text=words, href=site.licence_url),))


def _sources(voices: Voices, notes: Notes) -> tuple[NoteView, ...]:
    sources = voices.main.dataset.sources

    def speak(each: Presenter, source: str, places: tuple[str, ...]) -> str:
        if voices.is_long:
            return each.words(sources[source].title)
        named = [each.words(sources[source].places[place]) for place in places if place != "whole"]
        seen = each.label(f"seen-{sources[source].seen}")
        inside = each.label("list-separator").join((*named, seen))
        return each.label("embed-source", title=each.words(sources[source].title), inside=inside)

    return tuple(
        NoteView(
            mark=str(number),
            text=speak(voices.main, source, tuple(cited)),
            href=voices.main.address("source", source) if len(voices.presenters) == 1 else None,
        )
        for number, (source, cited) in enumerate(notes.cited.items(), start=1)
    )


def _where(voices: Voices) -> tuple[Words, ...]:
    def speak(each: Presenter) -> RichText:
        return RichText((Part(text=each.label("embed-places"), href=each.address("page", "sources")),))

    return (voices.say(speak),) if voices.is_long else ()


def _caveats(voices: Voices, notes: Notes) -> tuple[NoteView, ...]:
    return tuple(
        NoteView(mark=mark, text=voices.main.label(f"caveat-{code}")) for mark, code in notes.caveat_marks()
    )
