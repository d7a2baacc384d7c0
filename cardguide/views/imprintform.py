"""The page where an office fills in its imprint: the sheets that have a slot, and the fields in their languages."""

import json
from dataclasses import dataclass

from markupsafe import Markup

from cardguide.imprint import LONGEST_URL
from cardguide.views.flyerfiles import FlyerFile
from cardguide.views.presenting import Presenter

FONT = "assets/fonts/BIZUDPGothic-Regular.ttf"
"""Where the font of an imprint is published, with its licence beside it."""
SPOKEN_FIELDS = ("name", "address", "hours")
MESSAGES = ("working", "done", "open", "wide", "high", "code", "missing", "failed")


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldView:
    """A field of the form; ``lang`` is the language that is typed into it, empty where there is none."""

    name: str
    label: str
    lang: str
    kind: str
    needed: bool
    longest: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ImprintFormView:
    """The form, and what its script has to know; without the script the prose says what to do."""

    prose: Markup
    sheets: tuple[FlyerFile, ...]
    fields: tuple[FieldView, ...]
    script: str
    choices: str


def create_imprint_form(
    presenter: Presenter, prose: str, flyers: tuple[FlyerFile, ...], script: str
) -> ImprintFormView:
    """Return the view of the form for the sheets that have a slot."""
    sheets = tuple(file for file in flyers if file.slot)
    spoken = [
        locale.tag
        for locale in presenter.dataset.locales
        if any(locale.tag in each.locales for each in sheets)
    ]
    original = presenter.dataset.site.default_locale
    choices = {
        "sheets": [{"path": each.path, "slot": each.slot, "locales": each.locales} for each in sheets],
        "font": FONT,
        "original": original,
        "words": {word: presenter.label(f"imprint-{word}", **_KEPT) for word in MESSAGES},
    }
    return ImprintFormView(
        prose=presenter.prose(prose),
        sheets=sheets,
        fields=(
            *(_spoken_field(presenter, "name", tag) for tag in spoken),
            *(_spoken_field(presenter, "address", tag) for tag in spoken),
            _field(presenter, "phone", kind="tel", longest=20),
            *(_spoken_field(presenter, "hours", tag) for tag in spoken),
            _field(presenter, "url", kind="url", longest=LONGEST_URL),
        ),
        script=script,
        choices=json.dumps(choices, ensure_ascii=False),
    )


# What the script fills in.
_KEPT = {"text": "{text}", "millimetres": "{millimetres}", "size": "{size}"}


def _spoken_field(presenter: Presenter, field: str, tag: str) -> FieldView:
    language = presenter.dataset.site.locales[tag].name
    return FieldView(
        name=f"{field}_{tag}",
        label=presenter.label(
            "imprint-field-in", field=presenter.label(f"imprint-{field}"), language=language
        ),
        lang=tag,
        kind="text",
        needed=field == "name" and tag == presenter.dataset.site.default_locale,
        longest=80,
    )


def _field(presenter: Presenter, field: str, *, kind: str, longest: int) -> FieldView:
    return FieldView(
        name=field,
        label=presenter.label(f"imprint-{field}"),
        lang="",
        kind=kind,
        needed=False,
        longest=longest,
    )
