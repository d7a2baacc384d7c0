"""Rules about sets of records: signs, flyer questions, prefectures, parents, sections."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from cardguide.checks.survey import Survey
from cardguide.problems import Problem


def check_signs(survey: Survey) -> Iterator[Problem]:
    """Signs carry the letter of their office and count from 1 without a gap, in the order of the records."""
    counted: Counter[str] = Counter()
    for path, procedure in survey.records("procedures"):
        kind = survey.dataset.kinds.get(procedure.office)
        letter = kind.letter if kind is not None else procedure.sign[0]
        counted[letter] += 1
        expected = f"{letter}{counted[letter]}"
        if procedure.sign != expected:
            yield survey.problem((*path, "sign"), "sign-wrong", sign=procedure.sign, expected=expected)


def check_letters(survey: Survey) -> Iterator[Problem]:
    """Each kind of office has a letter of its own."""
    for path, kind in survey.records("kinds"):
        if kind.letter != _LETTERS.get(str(path[-1]), kind.letter):
            yield survey.problem(
                (*path, "letter"), "letter-wrong", letter=kind.letter, expected=_LETTERS[str(path[-1])]
            )


_LETTERS = {"municipal": "M", "bureau": "I"}


def check_flyer_questions(survey: Survey) -> Iterator[Problem]:
    """Each question of the flyer is answered once."""
    seen: dict[int, str] = {}
    for path, question in survey.records("questions"):
        if question.flyer is None:
            continue
        if question.flyer in seen:
            yield survey.problem(
                (*path, "flyer"),
                "flyer-question-twice",
                number=str(question.flyer),
                other=seen[question.flyer],
            )
        seen[question.flyer] = question.id
    missing = sorted(set(range(1, max(seen, default=0) + 1)) - set(seen))
    for number in missing:
        yield survey.problem(("questions",), "flyer-question-missing", at_key=True, number=str(number))


def check_prefectures(survey: Survey) -> Iterator[Problem]:
    """Each prefecture belongs to exactly one bureau."""
    home: dict[str, str] = {}
    for path, office in survey.records("offices"):
        for index, code in enumerate(office.prefectures if office.kind == "bureau" else ()):
            if code in home:
                yield survey.problem(
                    (*path, "prefectures", index), "prefecture-twice", code=code, other=home[code]
                )
            home[code] = office.id
    for path, prefecture in survey.records("prefectures"):
        if prefecture.id not in home and home:
            yield survey.problem(path, "prefecture-homeless", at_key=True, code=prefecture.id)


def check_parents(survey: Survey) -> Iterator[Problem]:
    """A district office belongs to a bureau that also has its prefectures; a bureau belongs to none."""
    offices = survey.dataset.offices
    for path, office in survey.records("offices"):
        parent = offices.get(office.parent) if office.parent is not None else None
        if office.kind == "bureau":
            if office.parent is not None:
                yield survey.problem((*path, "parent"), "parent-of-bureau")
        elif parent is None or parent.kind != "bureau":
            yield survey.problem((*path, "kind"), "parent-missing", kind=office.kind)
        elif extra := set(office.prefectures) - set(parent.prefectures):
            yield survey.problem(
                (*path, "prefectures"), "parent-prefecture", code=min(extra), parent=parent.id
            )


def check_listed(survey: Survey) -> Iterator[Problem]:
    """An airport office looks after no prefecture and is not listed; any other looks after one."""
    for path, office in survey.records("offices"):
        is_airport = office.kind == "airport-district"
        if is_airport and (office.listed or office.prefectures):
            yield survey.problem((*path, "kind"), "airport-listed")
        if not is_airport and not office.prefectures:
            yield survey.problem((*path, "kind"), "prefectures-missing")


def check_items(survey: Survey) -> Iterator[Problem]:
    """An item moved to the chip was printed before."""
    for path, item in survey.records("items"):
        if item.after == "chip-only" and item.before != "printed":
            yield survey.problem((*path, "before"), "item-never-printed")


def check_anchors(survey: Survey) -> Iterator[Problem]:
    """No two sections of a page share an anchor."""
    for path, page in survey.records("pages"):
        seen: set[str] = set()
        for index, section in enumerate(page.sections):
            if section.anchor in seen:
                yield survey.problem(
                    (*path, "sections", index, "anchor"), "anchor-twice", anchor=section.anchor
                )
            seen.add(section.anchor or "")


def check_sections(survey: Survey) -> Iterator[Problem]:
    """A section holds something, and a section with a heading has an anchor."""
    for path, page in survey.records("pages"):
        for index, section in enumerate(page.sections):
            where = (*path, "sections", index)
            if not (
                section.facts or section.statements or section.questions or section.unknown or section.part
            ):
                yield survey.problem(where, "section-empty")
            if section.heading is not None and section.anchor is None:
                yield survey.problem((*where, "heading"), "anchor-missing", at_key=True)


def check_published(survey: Survey) -> Iterator[Problem]:
    """Each page is reached from the navigation or the footer, once."""
    site = survey.dataset.site
    reached = Counter((*site.navigation, *site.footer))
    for path, _ in survey.records("pages"):
        if reached[str(path[-1])] != 1:
            yield survey.problem(path, "page-unreached", at_key=True, times=str(reached[str(path[-1])]))


def check_names(survey: Survey) -> Iterator[Problem]:
    """No two records of a kind have the same name."""
    for collection, field in _NAMED:
        seen: dict[tuple[str, str], str] = {}
        for path, record in survey.records(collection):
            for locale, words in getattr(record, field).root.items():
                if (locale, words) in seen:
                    yield survey.problem(
                        (*path, field, locale), "name-twice", name=words, other=seen[locale, words]
                    )
                seen[locale, words] = str(path[-1])


_NAMED = (
    ("procedures", "name"),
    ("questions", "question"),
    ("topics", "title"),
    ("facts", "title"),
    ("offices", "name"),
    ("kinds", "name"),
    ("items", "name"),
    ("pages", "title"),
    ("prefectures", "name"),
    ("terms", "text"),
)


def check_changes(survey: Survey) -> Iterator[Problem]:
    """Changes stand newest first, and none was made after it was last checked."""
    entries = list(survey.records("changes"))
    for (_, newer), (path, older) in pairwise(entries):
        if older.changed_on > newer.changed_on:
            yield survey.problem((*path, "changed_on"), "changes-order", day=older.changed_on.isoformat())
    for path, change in entries:
        if change.changed_on > change.verified_on:
            yield survey.problem(
                (*path, "changed_on"), "changed-unchecked", day=change.changed_on.isoformat()
            )
