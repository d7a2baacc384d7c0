"""Rules about hours: a time of the day exists, the later one stands second, and none is left without its end."""

import re
from collections.abc import Iterator, Mapping

from cardguide.checks.survey import Survey
from cardguide.dataset import Path
from cardguide.problems import Problem

_TIME = re.compile(r"(?<![\d:])\d{1,2}:\d{2}(?![\d:])")
_HOURS, _MINUTES = 24, 60


def check_times(survey: Survey) -> Iterator[Problem]:
    """A time that a text writes out is one of the day."""
    for path, times in _times(survey).items():
        for time in times:
            if _minute(time) is None:
                yield survey.problem(path, "time-impossible", time=time)


def check_spans(survey: Survey) -> Iterator[Problem]:
    """Times stand in pairs: from when, and until when, later on the same day."""
    for path, times in _times(survey).items():
        if len(times) % 2:
            yield survey.problem(path, "hours-open", time=times[-1])
        for first, last in zip(times[::2], times[1::2], strict=False):
            opens, closes = _minute(first), _minute(last)
            if opens is not None and closes is not None and closes <= opens:
                yield survey.problem(path, "hours-reversed", first=first, last=last)


def _times(survey: Survey) -> Mapping[Path, list[str]]:
    """Return the times of each text that has any, in their order."""
    found: dict[Path, list[str]] = {}
    for texts in survey.joined.values():
        for text, time in texts.find(_TIME):
            found.setdefault(text.path, []).append(time)
    return found


def _minute(time: str) -> int | None:
    """Return the minute of the day, or none if the day has no such time."""
    hour, minute = map(int, time.split(":"))
    is_there = minute < _MINUTES and hour * _MINUTES + minute <= _HOURS * _MINUTES
    return hour * _MINUTES + minute if is_there else None
