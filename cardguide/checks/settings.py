"""Rules about the settings of the site: its languages, and the names that were given up."""

from collections.abc import Iterator

from cardguide.checks.links import known_ids
from cardguide.checks.survey import Survey
from cardguide.formats import is_known
from cardguide.problems import Problem

# Languages that are written from right to left, and languages that one must name with their script.
RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
SCRIPTS = {"zh": ("Hans", "Hant")}
MONTHS_PROMISED = 24


def check_tags(survey: Survey) -> Iterator[Problem]:
    """A language of the site is one that there is, in a script that is named where it has more than one."""
    for tag, entry in survey.dataset.site.locales.items():
        language, *parts = tag.split("-")
        if not is_known(language):
            yield survey.problem(("site", "locales", tag), "language-unknown", at_key=True, tag=language)
        if language in SCRIPTS and not set(SCRIPTS[language]) & set(parts):
            fixed = f"{language}-{SCRIPTS[language][0]}"
            yield survey.problem(
                ("site", "locales", tag), "script-unnamed", at_key=True, tag=tag, fixed=fixed
            )
        if not is_known(entry.cldr):
            yield survey.problem(("site", "locales", tag, "cldr"), "language-unknown", tag=entry.cldr)


def check_directions(survey: Survey) -> Iterator[Problem]:
    """A language that is written from right to left says so, and no other does."""
    for tag, entry in survey.dataset.site.locales.items():
        expected = "rtl" if tag.partition("-")[0] in RIGHT_TO_LEFT else "ltr"
        if entry.direction != expected:
            yield survey.problem(("site", "locales", tag, "direction"), "direction-wrong", expected=expected)


def check_deprecation(survey: Survey) -> Iterator[Problem]:
    """Partners have two years between the day on which a version is said to end and its last day."""
    deprecation = survey.dataset.site.deprecation
    if deprecation and deprecation.months_since(deprecation.sunset) < MONTHS_PROMISED:
        yield survey.problem(("site", "deprecation", "sunset"), "sunset-early", months=str(MONTHS_PROMISED))


def check_retired(survey: Survey) -> Iterator[Problem]:
    """A name that was given up is not used again, since links and copies elsewhere still mean the old record."""
    for written in survey.dataset.site.retired:
        collection, _, record = written.partition(".")
        if record in (known_ids(survey.dataset, collection) or {}):
            yield survey.problem((collection, record), "id-retired", at_key=True, value=written)
