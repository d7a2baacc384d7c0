"""Facts: days, numbers, choices, references, lists."""

import datetime
import re
from collections.abc import Iterator

from mutation.kit import Edit, line_of, operator
from mutation.places import Place


@operator("day before or after")
def day_before_or_after(place: Place) -> Iterator[Edit]:
    if _is_day(place):
        day = datetime.date.fromisoformat(place.value)
        for step in (-1, 1):
            yield line_of(place, (day + datetime.timedelta(days=step)).isoformat())


@operator("other month or year")
def other_month_or_year(place: Place) -> Iterator[Edit]:
    if _is_day(place):
        day = datetime.date.fromisoformat(place.value)
        yield line_of(place, day.replace(month=day.month % 12 + 1, day=min(day.day, 28)).isoformat())
        yield line_of(place, day.replace(year=day.year - 1).isoformat())
        yield line_of(place, day.replace(year=day.year + 1).isoformat())


@operator("impossible day")
def impossible_day(place: Place) -> Iterator[Edit]:
    yield line_of(place, f"{place.value[:8]}32") if _is_day(place) else None


@operator("day in another form")
def day_in_another_form(place: Place) -> Iterator[Edit]:
    if _is_day(place):
        yield line_of(place, place.value.replace("-", "/"))
        yield line_of(place, f"{place.value} 00:00:00")


def _is_day(place: Place) -> bool:
    return re.fullmatch(r"\d{4}-\d\d-\d\d", place.value) is not None


@operator("other digit")
def other_digit(place: Place) -> Iterator[Edit]:
    if not _is_day(place) and (match := re.search(r"\d", _without_names(place))):
        index = match.start()
        yield line_of(place, place.value[:index] + str((int(match[0]) + 1) % 10) + place.value[index + 1 :])


@operator("swap or drop digit")
def swap_or_drop_digit(place: Place) -> Iterator[Edit]:
    if not _is_day(place) and (match := re.search(r"(\d)(?!\1)(\d)", _without_names(place))):
        start, end = match.span()
        yield line_of(place, place.value[:start] + match[2] + match[1] + place.value[end:])
        yield line_of(place, place.value[:start] + match[2] + place.value[end:])


def _without_names(place: Place) -> str:
    """Return a value with placeholders and addresses blanked out, so that only its own digits are left."""
    return re.sub(r"\{[^}]*\}|https?:\S+", lambda found: "x" * len(found[0]), place.value)


@operator("amount with sign or comma")
def amount_with_sign(place: Place) -> Iterator[Edit]:
    if re.fullmatch(r"\d{3,}", place.value):
        yield line_of(place, f"¥{place.value}")
        yield line_of(place, f"{int(place.value):,}")
        yield line_of(place, place.value.translate({48 + digit: 0xFF10 + digit for digit in range(10)}))


_CHOICES = (
    ("confirmed", "reported", "unknown", "conflict"),
    ("calendar", "accepted", "issued", "granted", "event"),
    ("high", "medium"),
    ("true", "false"),
    ("municipal", "bureau"),
    ("printed", "absent", "chip-only"),
    ("full", "part", "not-seen"),
    ("isa", "mynumber", "municipal"),
    ("date", "yen", "duration", "count", "phone", "url", "text"),
    ("flyer", "page", "statute", "copy", "record", "third-party"),
    ('"yes"', '"no"', "open", "partly", "unknown"),
    ("bureau", "district", "airport-district"),
    ("opens", "last", "words"),
)


@operator("other choice")
def other_choice(place: Place) -> Iterator[Edit]:
    if place.locale is None:
        for choices in _CHOICES:
            if place.value in choices:
                yield line_of(place, choices[(choices.index(place.value) + 1) % len(choices)])


@operator("misspell choice")
def misspell_choice(place: Place) -> Iterator[Edit]:
    if place.locale is None and any(place.value in choices for choices in _CHOICES):
        yield line_of(place, place.value[:-1] + "x")


_REFERENCE = re.compile(r"(?<=[\[ :{])(?:[a-z]+\.)?[a-z]+(?:-[a-z0-9]+)+(?=[\],}]|$)")


def _references(place: Place) -> Iterator[re.Match[str]]:
    if (
        place.locale is None
        and place.key not in {"cldr", "url", "urls"}
        and not place.value.startswith(('"', "http"))
    ):
        yield from _REFERENCE.finditer(f" {place.value}")


@operator("misspell id")
def misspell_id(place: Place) -> Iterator[Edit]:
    for match in _references(place):
        start, end = match.start() - 1, match.end() - 1
        written = place.value[start:end]
        yield line_of(place, place.value[:start] + written[:-2] + written[-1] + written[-2] + place.value[end:]
                    if written[-1] != written[-2] else place.value[:end] + "s" + place.value[end:])  # fmt: skip


@operator("dangling id")
def dangling_id(place: Place) -> Iterator[Edit]:
    for match in _references(place):
        start, end = match.start() - 1, match.end() - 1
        yield line_of(place, place.value[:start] + "no-such-record" + place.value[end:])


@operator("swap in list")
def swap_in_list(place: Place) -> Iterator[Edit]:
    items = re.findall(r"\{[^}]*\}|[^,\[\]{} ][^,\[\]{}]*", place.value) if place.is_list else []
    if len(items) > 1:
        yield line_of(place, f"[{', '.join((items[1], items[0], *items[2:]))}]")


@operator("drop from list")
def drop_from_list(place: Place) -> Iterator[Edit]:
    items = re.findall(r"\{[^}]*\}|[^,\[\]{} ][^,\[\]{}]*", place.value) if place.is_list else []
    if items:
        yield line_of(place, f"[{', '.join(items[1:])}]")


@operator("other reading")
def other_reading(place: Place) -> Iterator[Edit]:
    if place.name == "readings":
        yield line_of(place, place.value[:-1] + ("を" if place.value[-1] != "を" else "お"))
