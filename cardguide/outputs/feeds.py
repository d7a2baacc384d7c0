"""What changed, for programs that watch: Atom feeds and calendars, in each language and in all of them."""

import datetime
import uuid
from collections.abc import Iterator
from xml.etree import ElementTree as Xml

from icalendar import Calendar, Event

from cardguide.artifacts import Artifact
from cardguide.dataset import Dataset
from cardguide.views.feeds import EntryView, FeedView, create_feed
from cardguide.views.jsonld import Speech
from cardguide.views.opendata import Publication

ATOM = "http://www.w3.org/2005/Atom"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
JAPAN = datetime.timezone(datetime.timedelta(hours=9))


def create_feeds(dataset: Dataset, *, as_of: datetime.date) -> Iterator[Artifact]:
    """Yield ``feeds/changes.atom`` and ``.ics`` in all languages, and the same in each of them."""
    presenters = Publication(dataset=dataset, as_of=as_of).presenters
    speeches = {
        "changes": Speech(presenters=presenters),
        **{f"changes-{each.locale.tag}": Speech(presenters=(each,)) for each in presenters},
    }
    for name, speech in speeches.items():
        feed = create_feed(speech, name)
        yield Artifact(path=f"feeds/{name}.atom", content=create_atom(feed))
        yield Artifact(path=f"feeds/{name}.ics", content=create_calendar(feed))


def create_atom(feed: FeedView) -> bytes:
    """Return a feed; an entry keeps its id for ever, whatever becomes of its address."""
    Xml.register_namespace("", ATOM)
    root = Xml.Element(f"{{{ATOM}}}feed", {LANG: feed.lang})
    address = f"{feed.site_url}feeds/{feed.name}.atom"
    _add(root, "id", address)
    _add(root, "title", feed.title)
    _add(root, "updated", _moment(max((entry.said_on for entry in feed.entries), default=feed.as_of)))
    _add(_add(root, "author"), "name", feed.author)
    _add(root, "link", rel="self", type="application/atom+xml", href=address)
    _add(root, "link", rel="alternate", type="text/html", href=feed.page)
    for entry in feed.entries:
        _add_entry(root, feed, entry)
    Xml.indent(root, " ")
    return bytes(Xml.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _add_entry(root: Xml.Element, feed: FeedView, entry: EntryView) -> None:
    node = _add(root, "entry")
    _add(node, "id", f"tag:{feed.host},{entry.said_on.year}:changes/{entry.id}")
    _add(node, "title", entry.title)
    _add(node, "published", _moment(entry.said_on))
    _add(node, "updated", _moment(entry.said_on))
    _add(node, "link", rel="alternate", type="text/html", href=entry.page)
    _add(node, "content", entry.text, type="text")


def _add(parent: Xml.Element, name: str, text: str | None = None, **attributes: str) -> Xml.Element:
    node = Xml.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    node.text = text
    return node


def _moment(day: datetime.date) -> str:
    return f"{day.isoformat()}T00:00:00+09:00"


def create_calendar(feed: FeedView) -> bytes:
    """Return a calendar of the days from which changes hold; an event keeps its UID, so that it is never doubled."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{feed.host}//{feed.name}//{feed.lang.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", feed.title)
    calendar.add("x-wr-calname", feed.title)
    for entry in sorted(feed.entries, key=lambda entry: (entry.starts, entry.id)):
        calendar.add_component(_event(feed, entry))
    return bytes(calendar.to_ical())


def _event(feed: FeedView, entry: EntryView) -> Event:
    event = Event()
    event.add("uid", str(uuid.uuid5(uuid.NAMESPACE_URL, f"{feed.site_url}changes/{entry.id}")))
    event.add(
        "dtstamp", datetime.datetime.combine(entry.said_on, datetime.time(), JAPAN).astimezone(datetime.UTC)
    )
    event.add("dtstart", entry.starts)
    event.add("dtend", entry.starts + datetime.timedelta(days=1))
    event.add("summary", entry.title)
    event.add("description", entry.text)
    event.add("url", entry.page)
    event.add("transp", "TRANSPARENT")
    return event
