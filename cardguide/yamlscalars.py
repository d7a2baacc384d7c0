"""What a bare YAML word means here: text, a whole number, true, false or a day, and never a guess."""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

Scalar = str | int | bool | date
DIGITS_ALLOWED = 15


@dataclass(frozen=True, kw_only=True, slots=True)
class ScalarFault:
    """A bare word that YAML readers understand differently from the person who typed it."""

    rule: str
    details: Mapping[str, str] = field(default_factory=dict)


def quoted(text: str) -> str:
    """Return the text as a quoted YAML value on one line."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def read_scalar(text: str) -> Scalar | ScalarFault:
    """Return the value of a word without quotes, or why it may not stand without them."""
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    if not _SUSPICIOUS.match(text):
        return text
    narrow = unicodedata.normalize("NFKC", text)
    for pattern, read in _READERS:
        if match := pattern.fullmatch(narrow):
            return read(text, match)
    return text


def _fault(rule: str, text: str, fixed: str) -> ScalarFault:
    return ScalarFault(rule=rule, details={"value": text, "fixed": fixed})


def _null(text: str, _match: re.Match[str]) -> ScalarFault:
    return ScalarFault(rule="yaml-null", details={"value": text})


def _special_sign(text: str, _match: re.Match[str]) -> ScalarFault:
    return ScalarFault(rule="yaml-start-sign", details={"sign": text, "fixed": quoted(text)})


def _boolean(text: str, match: re.Match[str]) -> ScalarFault:
    meaning = "true" if match[0].lower() in {"true", "yes", "on", "y"} else "false"
    return ScalarFault(
        rule="yaml-boolean", details={"value": text, "fixed": quoted(text), "meaning": meaning}
    )


def _whole_number(text: str, match: re.Match[str]) -> Scalar | ScalarFault:
    if text != match[0]:
        return _fault("yaml-amount", text, match[0])
    if len(text) > DIGITS_ALLOWED:
        return _fault("yaml-number", text, quoted(text))
    return int(text)


def _leading_zero(text: str, match: re.Match[str]) -> ScalarFault:
    return _fault("yaml-leading-zero", text, quoted(match[0]))


def _amount(text: str, match: re.Match[str]) -> ScalarFault:
    return _fault("yaml-amount", text, re.sub(r"\D", "", match["digits"]))


def _number(text: str, match: re.Match[str]) -> ScalarFault:
    return _fault("yaml-number", text, quoted(match[0]))


def _decimal(text: str, match: re.Match[str]) -> ScalarFault:
    return _fault("yaml-decimal", text, quoted(match[0]))


def _time(text: str, match: re.Match[str]) -> ScalarFault:
    hour, _, rest = match[0].partition(":")
    return _fault("yaml-time", text, quoted(f"{int(hour):02}:{rest}"))


def _day(text: str, match: re.Match[str]) -> Scalar | ScalarFault:
    year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
    if month not in _MONTHS or year == 0:
        return ScalarFault(rule="yaml-date-month", details={"value": text})
    days = monthrange(year, month)[1]
    if not 1 <= day <= days:
        details = {"value": text, "year": str(year), "month": str(month), "days": str(days)}
        return ScalarFault(rule="yaml-date-day", details=details)
    value = date(year, month, day)
    return value if text == value.isoformat() else _fault("yaml-date-form", text, value.isoformat())


def _day_with_time(text: str, match: re.Match[str]) -> ScalarFault:
    return _fault("yaml-date-time", text, match["date"])


_MONTHS = range(1, 13)
_BOOLEANS = {"true": True, "false": False}
_DATE = r"(?P<year>\d{4})(?P<mark>[-/.年])(?P<month>\d{1,2})(?:(?P=mark)|月)(?P<day>\d{1,2})日?"

_Reader = Callable[[str, "re.Match[str]"], Scalar | ScalarFault]
_READERS: tuple[tuple[re.Pattern[str], _Reader], ...] = (
    (re.compile(r"|~|null", re.IGNORECASE), _null),
    (re.compile(r"yes|no|on|off|true|false|y|n", re.IGNORECASE), _boolean),
    (re.compile(r"=|<<"), _special_sign),
    (re.compile(r"-?(?:0|[1-9]\d*)"), _whole_number),
    (re.compile(r"[-+]?0\d+"), _leading_zero),
    (re.compile(_DATE), _day),
    (re.compile(r"(?P<date>\d{4}-\d{1,2}-\d{1,2})(?:[Tt]|\s+)\d{1,2}:.*"), _day_with_time),
    (re.compile(r"[-+]?\d+(?::[0-5]?\d)+(?:\.\d*)?"), _time),
    (re.compile(r"[¥\\]\s*(?P<digits>\d[\d,_]*)円?"), _amount),
    (re.compile(r"(?P<digits>\d[\d,_]*)\s*円"), _amount),
    (re.compile(r"(?P<digits>[1-9]\d*(?:[,_]\d+)+)"), _amount),
    (re.compile(r"[-+]?(?:\d[\d_]*)?\.\d[\d_]*(?:e[-+]?\d+)?", re.IGNORECASE), _decimal),
    (re.compile(r"[-+]?\d+(?:\.|\.?e[-+]?\d+)|[-+]?\.inf|\.nan", re.IGNORECASE), _decimal),
    (re.compile(r"\+\d+|[-+]?0[xob][\da-f_]+|\d+\^\d+|-?\d[\d,_]*", re.IGNORECASE), _number),
)
# Most words are plain prose; only these beginnings need a closer look.
_SUSPICIOUS = re.compile(r"$|(?:=|<<)$|[-+.~¥￥\\\d]|(?:null|yes|no|on|off|true|false|[yn])$", re.IGNORECASE)
