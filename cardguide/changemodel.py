"""The shape of the change log: what became different, in words."""

from cardguide.model import Day, Id, Keyed, Record, Records, Statement, Text, Words


class Change(Keyed):
    """What became different: old and new in words, from when, and whom it concerns.

    ``changed_on`` is the day on which this guide first said it: neither the day from which it holds (the date
    fact ``starts``) nor the day on which it was last checked. ``records`` are written ``facts.launch``.
    """

    changed_on: Day
    title: Text
    starts: Id
    was: Statement
    now: Statement
    whom: Statement
    records: tuple[Words, ...]
    verified_on: Day


class ChangesFile(Record):
    """``data/changes.yaml``."""

    changes: Records[Change]
