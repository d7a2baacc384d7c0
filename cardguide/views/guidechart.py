"""The chart of the guide, drawn as a line with stations: questions, answers, and the sign of each outcome.

Lengths are in the units of the drawing, as wide as a small phone, so that its words can be read there.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

WIDTH = 360
INDENT, BRANCH, TEXT_START = 20, 12, 17
LINE, GAP, SIGN = 20, 8, 26
FONT, FULL, HALF, HALF_STRONG = 15, 1.0, 0.57, 0.64
# A line begins with no closing mark and no small or lengthening letter, and ends with no opening bracket.
_CLOSING = frozenset("、。，．）」』】〉》・,.)")
_NOT_FIRST = _CLOSING | frozenset("ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ")
_NOT_LAST = frozenset("（「『【〈《(")


@dataclass(frozen=True, kw_only=True, slots=True)
class ChartSign:
    """The sign of an outcome: the letter and number of a procedure, or none where this way is not open."""

    counter: str
    letter: str
    number: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ChartStop:
    """The end of a way: its sign and its words."""

    sign: ChartSign | None
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ChartQuestion:
    """A question with its answers, each leading to a further question or to an end."""

    words: str
    answers: tuple[tuple[str, "ChartQuestion | ChartStop"], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """Lines of text; ``kind`` is question, answer or outcome."""

    kind: str
    x: float
    y: float
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Station:
    """A mark on the line: where a question is asked, or the sign at the end of a way."""

    x: float
    y: float
    sign: ChartSign | None
    asks: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class GuideChart:
    """Lines, stations and words with their places."""

    width: float
    height: float
    font: float
    line: float
    tracks: tuple[str, ...]
    stations: tuple[Station, ...]
    words: tuple[Words, ...]


def draw_chart(question: ChartQuestion) -> GuideChart:
    """Return the chart that begins with a question."""
    drawing = _Drawing()
    drawing.question(question, x=7)
    return GuideChart(
        width=WIDTH,
        height=drawing.y + GAP,
        font=FONT,
        line=LINE,
        tracks=tuple(drawing.tracks),
        stations=tuple(drawing.stations),
        words=tuple(drawing.words),
    )


class _Drawing:
    """Collects the parts from top to bottom; ``y`` is the top of what comes next."""

    def __init__(self) -> None:
        self.y: float = 0
        self.tracks: list[str] = []
        self.stations: list[Station] = []
        self.words: list[Words] = []

    def question(self, question: ChartQuestion, *, x: float) -> None:
        top = self.y + LINE / 2
        self._write("question", question.words, x + TEXT_START)
        self.stations.append(Station(x=x, y=top, sign=None, asks=True))
        for words, target in question.answers:
            self.y += GAP
            middle = self.y + LINE / 2
            self.tracks.append(f"M{x} {top}V{middle - 4}q0 4 4 4H{x + BRANCH}")
            self._write("answer", words, x + TEXT_START)
            self._follow(target, x=x + INDENT, start=middle)

    def _follow(self, target: "ChartQuestion | ChartStop", *, x: float, start: float) -> None:
        if isinstance(target, ChartQuestion):
            self.y += GAP
            below = self.y
            self.question(target, x=x + 4)
            self.tracks.append(f"M{x + 4} {max(start + LINE, below - GAP)}V{below + LINE / 2}")
        else:
            self._stop(target, x=x)

    def _stop(self, stop: ChartStop, *, x: float) -> None:
        self.y += GAP / 2
        top = self.y
        self.stations.append(Station(x=x + SIGN / 2, y=top + SIGN / 2, sign=stop.sign, asks=False))
        lines = wrap(stop.words, WIDTH - x - SIGN - GAP, strong=True)
        # One line stands in the middle beside its sign.
        self.y += max(0, (SIGN - LINE * len(lines)) / 2)
        self._write("outcome", stop.words, x + SIGN + GAP)
        self.y = max(self.y, top + SIGN)

    def _write(self, kind: str, words: str, x: float) -> None:
        lines = wrap(words, WIDTH - x, strong=kind != "answer")
        self.words.append(Words(kind=kind, x=x, y=self.y + LINE * 0.75, lines=lines))
        self.y += LINE * len(lines)


def wrap(words: str, width: float, *, strong: bool) -> tuple[str, ...]:
    """Return the words in as few lines as fit a width, of about the same length.

    The width of letters is reckoned generously, since no font is known here.
    """
    fewest = len(_fill(words, width, strong=strong))
    even = _width(words, strong=strong) / fewest
    steps = range(int((width - even) / FONT) + 1)
    tried = (_fill(words, even + step * FONT, strong=strong) for step in steps)
    fitting = (lines for lines in tried if len(lines) == fewest)
    return next(fitting, _fill(words, width, strong=strong))


def _fill(words: str, width: float, *, strong: bool) -> tuple[str, ...]:
    lines, line = [], ""
    for piece in _pieces(words):
        if line and _width(line + piece.rstrip(), strong=strong) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return (*lines, line.rstrip())


def _pieces(words: str) -> Iterator[str]:
    """Yield what is kept together: a word with the blank after it, a full-width character with its marks."""
    piece = ""
    for letter in words:
        if piece and _may_break(piece[-1], letter):
            yield piece
            piece = ""
        piece += letter
    if piece:
        yield piece


def _may_break(before: str, after: str) -> bool:
    """Say whether a line may end between two letters: at a blank or a mark, or where a Japanese phrase begins."""
    if after in _NOT_FIRST or before in _NOT_LAST or after == " ":
        return False
    if before in _CLOSING or after in _NOT_LAST:
        return _is_full(before) or _is_full(after)
    return before == " " or (_is_hiragana(before) and _is_full(after) and not _is_hiragana(after))


def _is_hiragana(letter: str) -> bool:
    return "\u3041" <= letter <= "\u309f"


def _width(words: str, *, strong: bool) -> float:
    half = HALF_STRONG if strong else HALF
    return FONT * sum(FULL if _is_full(letter) else half for letter in words)


def _is_full(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in "WF"
