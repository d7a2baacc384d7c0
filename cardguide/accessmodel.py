"""The shape of the accessibility statement: what was tested, with what, and what was not."""

from pydantic import Field

from cardguide.model import Day, Keyed, Record, Records, Text, Words


class AccessTest(Keyed):
    """A test of the built site; ``covers`` are the numbers that the suite must agree with, by name."""

    what: Text
    how: Text
    covers: dict[Words, int] = Field(default_factory=dict)
    verified_on: Day


class AccessGap(Keyed):
    """What was not tested, or is known to fall short."""

    text: Text
    verified_on: Day


class AccessibilityFile(Record):
    """``data/accessibility.yaml``."""

    access_tests: Records[AccessTest]
    access_gaps: Records[AccessGap]
