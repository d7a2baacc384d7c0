"""The form of a line: its indent, its key, its quotes, its kind."""

from collections.abc import Iterator

from mutation.kit import Edit, bare_value, line_of, operator
from mutation.places import Place


@operator("delete field")
def delete_field(place: Place) -> Iterator[Edit]:
    yield None if place.is_item else ()


@operator("blank value")
def blank_value(place: Place) -> Iterator[Edit]:
    yield f"{place.lead}{place.key}:"


@operator("empty quotes")
def empty_quotes(place: Place) -> Iterator[Edit]:
    yield None if place.is_list else line_of(place, '""')


@operator("duplicate key")
def duplicate_key(place: Place) -> Iterator[Edit]:
    line = line_of(place, place.value)
    yield (line, line.replace("- ", "  ", 1) if place.is_item else line)


@operator("misspell key")
def misspell_key(place: Place) -> Iterator[Edit]:
    key = place.key
    if len(key) > 2 and not key.startswith('"'):
        yield line_of(
            place, place.value, key[0] + key[2] + key[1] + key[3:] if key[1] != key[2] else key[:-1]
        )


@operator("key in capitals")
def key_in_capitals(place: Place) -> Iterator[Edit]:
    yield line_of(place, place.value, key=place.key.title()) if place.key.islower() else None


@operator("shift indent")
def shift_indent(place: Place) -> Iterator[Edit]:
    yield " " + line_of(place, place.value)


@operator("tab indent")
def tab_indent(place: Place) -> Iterator[Edit]:
    yield "\t" + line_of(place, place.value).lstrip() if place.lead else None


@operator("wide indent")
def wide_indent(place: Place) -> Iterator[Edit]:
    yield "\u3000" + line_of(place, place.value).lstrip() if place.lead else None


@operator("wide colon")
def wide_colon(place: Place) -> Iterator[Edit]:
    yield f"{place.lead}{place.key}：{place.value}"


@operator("no space after colon")
def no_space_after_colon(place: Place) -> Iterator[Edit]:
    yield f"{place.lead}{place.key}:{place.value}"


@operator("take quotes away")
def take_quotes_away(place: Place) -> Iterator[Edit]:
    bare = bare_value(place)
    if bare != place.value and (bare[0] in "{[@%*!&" or ": " in bare or bare in {"no", "yes", "1"}):
        yield line_of(place, bare)


@operator("open quote")
def open_quote(place: Place) -> Iterator[Edit]:
    yield line_of(place, '"' + bare_value(place)) if not place.is_list else None


@operator("smart quotes")
def smart_quotes(place: Place) -> Iterator[Edit]:
    yield line_of(place, f"“{bare_value(place)}”") if not place.is_list else None


@operator("word for true")
def word_for_true(place: Place) -> Iterator[Edit]:
    yield line_of(place, "yes")


@operator("null")
def null(place: Place) -> Iterator[Edit]:
    yield line_of(place, "~")


@operator("list instead of value")
def list_instead_of_value(place: Place) -> Iterator[Edit]:
    yield None if place.is_list else line_of(place, f"[{place.value}]")


@operator("anchor")
def anchor(place: Place) -> Iterator[Edit]:
    yield line_of(place, f"&same {place.value}")


@operator("comment cuts value")
def comment_cuts_value(place: Place) -> Iterator[Edit]:
    if place.is_text and not place.value.startswith('"') and len(place.value) > 6:
        yield line_of(place, f"{place.value[:4]} #{place.value[4:]}")


@operator("conflict marker")
def conflict_marker(place: Place) -> Iterator[Edit]:
    yield ("<<<<<<< ours", line_of(place, place.value))
