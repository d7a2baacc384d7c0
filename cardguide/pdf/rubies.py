"""Readings above words (``ruby``, ``rt``): names and bookmarks are the words without them."""

from typing import Any

from cardguide.pdf.typography import strip_break_marks

RUBY, READING = "ruby", "rt"
UNSAID = frozenset({READING, "{http://www.w3.org/2000/svg}svg"})
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
#: The style sheet that makes ``name_headings`` work.
BOOKMARKS = f"{', '.join(HEADINGS)} {{ bookmark-label: attr(data-bookmark) }}"


def bare_words(element: Any) -> str:
    """Return the words of an element without readings, drawings and marks for the layout."""
    return " ".join(strip_break_marks("".join(_bare_texts(element))).split())


def name_headings(root: Any) -> None:
    """Have the bookmarks of a sheet say the words of its headings only."""
    for element in root.iter():
        if element.tag in HEADINGS:
            element.set("data-bookmark", bare_words(element))


def _bare_texts(element: Any) -> list[str]:
    texts = [element.text or ""]
    for child in element:
        if child.tag not in UNSAID:
            texts += _bare_texts(child)
        texts.append(child.tail or "")
    return texts
