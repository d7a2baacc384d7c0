"""Rules about hours: a time of the day exists, the later one stands second, and none is left without its end."""

import re
from collections.abc import Iterator, Mapping

from cardguide.checks.survey import Survey
from cardguide.dataset import Path
from cardguide.problems import Problem

_TIME = re.compile(r"(?<![\d:])\d{1,2}:\d{2}(?![\d:])")
_MINUTE = re.compile(r":\d{2}")  # found much sooner than a whole time
_HOURS, _MINUTES = 24, 60


def check_hours(survey: Survey) -> Iterator[Problem]:
    """Times of the day stand in pairs: from when, and until when, later on the same day."""
    for path, times in _times(survey).items():
        for time in times:
            if _minute(time) is None:
                yield survey.problem(path, "time-impossible", time=time)
        if len(times) % 2:
            yield survey.problem(path, "hours-open", time=times[-1])
        for first, last in zip(times[::2], times[1::2], strict=False):
            opens, closes = _minute(first), _minute(last)
            if opens is not None and closes is not None and closes <= opens:
                yield survey.problem(path, "hours-reversed", first=first, last=last)


def _times(survey: Survey) -> Mapping[Path, list[str]]:
    """Return the times of each text that has any, in their order."""
    return {
        text.path: found
        for texts in survey.joined.values()
        for text, _ in texts.find(_MINUTE)
        if (found := _TIME.findall(text.words))
    }


def _minute(time: str) -> int | None:
    """Return the minute of the day, or none if the day has no such time."""
    hour, minute = map(int, time.split(":"))
    is_there = minute < _MINUTES and hour * _MINUTES + minute <= _HOURS * _MINUTES
    return hour * _MINUTES + minute if is_there else None
