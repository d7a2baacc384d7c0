"""Rules about furigana: every kanji of a locale that has them is read, and every reading fits its word."""

from collections.abc import Iterator

from cardguide.checks.survey import Survey
from cardguide.problems import Problem
from cardguide.reading import ReadingError, split_reading

#: Words that no page shows.
FOR_EDITORS = "forbidden"


def check_readings(survey: Survey) -> Iterator[Problem]:
    """A reading holds the kana of its word, and can be shared out among its kanji in one way only."""
    for collection in ("words", "counters"):
        for word, reading in getattr(survey.dataset, collection).items():
            try:
                split_reading(word, reading)
            except ReadingError:
                yield survey.problem((collection, word), "reading-unfit", word=word, reading=reading)


def check_unread(survey: Survey) -> Iterator[Problem]:
    """Every kanji of a locale with furigana has a reading."""
    dataset = survey.dataset
    tags = {locale.tag for locale in dataset.locales if locale.has_furigana}
    if not tags or any(check_readings(survey)):
        return
    readings, told = survey.readings, set[str]()
    for text in survey.locale_texts:
        if (
            text.path[0] != FOR_EDITORS
            and text.locale in tags
            and (unread := readings.unread(text.plain))
            and unread not in told
        ):
            told.add(unread)
            yield survey.problem(text.path, "kanji-unread", kanji=unread)
