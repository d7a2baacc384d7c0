"""What the head of a page tells programs: linked data, what WordPress asks for, the feed of changes."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cardguide.recordmodel import Page, Procedure
from cardguide.views import jsonld
from cardguide.views.addressing import absolute_address
from cardguide.views.embedtables import EMBED_FOLDER, FEES, PROCEDURES
from cardguide.views.presenting import Presenter

Matter = Mapping[str, Any]
MAIN_FILES = (
    ("data/v1/procedures.json", "application/json"),
    ("data/v1/procedures.csv", "text/csv"),
    ("data/v1/datapackage.json", "application/json"),
)


def create_page_head(presenter: Presenter, page: Page) -> Matter:
    """Return the front matter for the head of a page made from records."""
    head: dict[str, Any] = {}
    if linked := _linked_data(_speech(presenter), page.id):
        head["json_ld"] = linked
    if page.id in {PROCEDURES, FEES}:
        head["oembed"] = _answer(presenter, page.id)
    if page.id == "changes":
        path = f"feeds/changes-{presenter.locale.tag}.atom"
        head["feed"] = {"path": path, "title": presenter.label("changes-feed")}
    return head


def create_procedure_head(presenter: Presenter, procedure: Procedure) -> Matter:
    """Return the front matter for the head of a procedure's page."""
    service = jsonld.create_service(_speech(presenter), procedure)
    return {
        "json_ld": {"@context": jsonld.CONTEXT, **service},
        "oembed": _answer(presenter, f"procedure-{procedure.id}"),
    }


def _speech(presenter: Presenter) -> jsonld.Speech:
    """Return the speech of a page, with addresses that are true wherever the data is read."""
    site_url = presenter.dataset.site.url
    absolute = replace(presenter, address=absolute_address(site_url, presenter.locale.tag))
    return jsonld.Speech(presenters=(absolute,))


def _answer(presenter: Presenter, table: str) -> str:
    return f"{EMBED_FOLDER}/{presenter.locale.tag}/{table}.oembed.json"


def _linked_data(speech: jsonld.Speech, page: str) -> jsonld.Node | None:
    data = speech.main.dataset
    match page:
        case "faq":
            return {"@context": jsonld.CONTEXT, **jsonld.create_faq_page(speech, data.questions.values())}
        case "offices":
            listed = (office for office in data.offices.values() if office.listed)
            return jsonld.document(jsonld.create_office(speech, office) for office in listed)
        case "partners":
            return {"@context": jsonld.CONTEXT, **jsonld.create_dataset_node(speech, MAIN_FILES)}
        case _:
            return None
