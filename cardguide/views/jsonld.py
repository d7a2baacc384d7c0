"""Records as linked data with the terms of schema.org, for a page in its language or for a file in all of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from cardguide.recordmodel import Office, Procedure, Question
from cardguide.views.presenting import Presenter

CONTEXT = "https://schema.org"
Node = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Speech:
    """Says things in one language as plain text, or in several as tagged values."""

    presenters: tuple[Presenter, ...]

    @property
    def main(self) -> Presenter:
        """The presenter of the first language."""
        return self.presenters[0]

    def say(self, speak: Callable[[Presenter], object]) -> Any:
        """Return a string, or a list with one tagged value for each language."""
        if len(self.presenters) == 1:
            return str(speak(self.main))
        return [{"@value": str(speak(each)), "@language": each.locale.tag} for each in self.presenters]

    @property
    def languages(self) -> str | list[str]:
        """Return the language of the page, or those of the file."""
        tags = [each.locale.tag for each in self.presenters]
        return tags[0] if len(tags) == 1 else tags


def document(nodes: Iterable[Node]) -> Node:
    """Return a document with several nodes."""
    return {"@context": CONTEXT, "@graph": list(nodes)}


def create_service(speech: Speech, procedure: Procedure) -> Node:
    """Return a procedure as a government service."""
    data = speech.main.dataset
    kind, record = data.kinds[procedure.office], f"procedures.{procedure.id}"
    return {
        "@type": "GovernmentService",
        "@id": speech.main.address("procedure", procedure.id),
        "identifier": procedure.id,
        "name": speech.say(lambda each: each.words(procedure.name)),
        "description": speech.say(
            lambda each: each.statement(procedure.summary, record, procedure.verified_on).text
        ),
        "url": speech.say(lambda each: each.address("procedure", procedure.id)),
        "inLanguage": speech.languages,
        "areaServed": {"@type": "Country", "name": "JP"},
        "provider": _provider(speech, procedure.office),
        "availableChannel": {
            "@type": "ServiceChannel",
            "name": speech.say(lambda each: each.words(kind.place_phrase)),
        },
    }


def _provider(speech: Speech, office: str) -> Node:
    """Return who offers a procedure: the kind of office, part of the agency where it is an immigration office."""
    data = speech.main.dataset
    node: Node = {
        "@type": "GovernmentOrganization",
        "name": speech.say(lambda each: each.words(data.kinds[office].name)),
    }
    if office == "bureau":
        node["parentOrganization"] = {
            "@type": "GovernmentOrganization",
            "name": speech.say(lambda each: each.words(data.terms["isa"].text)),
        }
    return node


def create_office(speech: Speech, office: Office) -> Node:
    """Return an immigration office with the prefectures that it looks after."""
    prefectures = speech.main.dataset.prefectures
    node: Node = {
        "@type": "GovernmentOffice",
        "@id": speech.main.address("office", office.id),
        "identifier": office.id,
        "name": speech.say(lambda each: each.words(office.name)),
        "areaServed": [
            {"@type": "AdministrativeArea", "identifier": code, "name": speech.say(_prefecture(code))}
            for code in office.prefectures
            if code in prefectures
        ],
    }
    if office.parent:
        node["parentOrganization"] = {"@id": speech.main.address("office", office.parent)}
    return node


def _prefecture(code: str) -> Callable[[Presenter], str]:
    return lambda each: each.words(each.dataset.prefectures[code].name)


def create_faq_page(speech: Speech, questions: Iterable[Question]) -> Node:
    """Return the questions and answers as a page of them; a question without an answer stands on the site only."""
    return {
        "@type": "FAQPage",
        "@id": speech.main.address("page", "faq"),
        "inLanguage": speech.languages,
        "mainEntity": [_question(speech, question) for question in questions if question.answer],
    }


def _question(speech: Speech, question: Question) -> Node:
    record = f"questions.{question.id}.answer"

    def answer(each: Presenter) -> str:
        views = each.statements(question.answer, record, question.verified_on)
        return " ".join(f"{view.text}{f' ({view.note})' if view.note else ''}" for view in views)

    return {
        "@type": "Question",
        "@id": speech.main.address("question", question.id),
        "name": speech.say(lambda each: each.words(question.question)),
        "acceptedAnswer": {"@type": "Answer", "text": speech.say(answer)},
    }


def create_dataset_node(speech: Speech, files: Iterable[tuple[str, str]]) -> Node:
    """Return the open data as a dataset; ``files`` are paths with their media types."""
    site = speech.main.dataset.site
    return {
        "@type": "Dataset",
        "@id": f"{site.url}data/v1/",
        "name": speech.say(lambda each: each.words(site.name)),
        "description": speech.say(lambda each: each.label("data-description")),
        "license": site.licence_url,
        "isAccessibleForFree": True,
        "dateModified": speech.main.as_of.isoformat(),
        "inLanguage": speech.languages,
        "creator": {
            "@type": "Organization",
            "name": speech.say(lambda each: each.words(site.publisher.name)),
        },
        "distribution": [
            {"@type": "DataDownload", "contentUrl": f"{site.url}{path}", "encodingFormat": media}
            for path, media in files
        ],
    }
