"""Questions with their answers, what many people believe, and what is not known."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cardguide.model import Polarity
from cardguide.richtext import RichText
from cardguide.views.presenting import Presenter, StatementView, UnknownView


@dataclass(frozen=True, kw_only=True, slots=True)
class QuestionView:
    """A question with its answer."""

    id: str
    question: str
    flyer: int | None
    polarity: str
    answer: tuple[StatementView, ...]
    unknown: tuple[UnknownView, ...]
    related: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class TopicView:
    """A group of questions."""

    id: str
    title: str
    questions: tuple[QuestionView, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ContactQuestionsView:
    """What one contact can be asked: the open questions that our sources leave to it."""

    id: str
    name: str
    ask: RichText
    questions: tuple[UnknownView, ...]


def create_question(presenter: Presenter, question_id: str) -> QuestionView:
    """Return a question with its answer."""
    question = presenter.dataset.questions[question_id]
    return QuestionView(
        id=question.id,
        question=presenter.words(question.question),
        flyer=question.flyer,
        polarity=question.polarity.value,
        answer=presenter.statements(question.answer, f"questions.{question.id}.answer", question.verified_on),
        unknown=presenter.unknowns(question.unknown),
        related=tuple(presenter.reference(reference) for reference in question.related),
    )


def create_topics(presenter: Presenter) -> tuple[TopicView, ...]:
    """Return all questions by topic."""
    questions = presenter.dataset.questions
    return tuple(
        TopicView(
            id=topic.id,
            title=presenter.words(topic.title),
            questions=tuple(
                create_question(presenter, question.id)
                for question in questions.values()
                if question.topic == topic.id
            ),
        )
        for topic in presenter.dataset.topics.values()
    )


def create_misconceptions(presenter: Presenter) -> tuple[QuestionView, ...]:
    """Return the questions whose answer is no: what many people believe. A false claim is never printed as one."""
    questions = presenter.dataset.questions.values()
    return tuple(create_question(presenter, each.id) for each in questions if each.polarity is Polarity.NO)


def create_open_questions(presenter: Presenter) -> tuple[ContactQuestionsView, ...]:
    """Return every open question under whom to ask, so that this is said once."""
    facts = presenter.dataset.facts
    ids = open_question_ids(facts)
    contacts = dict.fromkeys(facts[each].contact for each in ids)
    return tuple(
        ContactQuestionsView(
            id=contact,
            name=presenter.words(presenter.dataset.contacts[contact].name),
            ask=presenter.text(presenter.dataset.contacts[contact].ask),
            questions=presenter.unknowns(each for each in ids if facts[each].contact == contact),
        )
        for contact in contacts
    )


def open_question_ids(facts: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the facts that are unknown or in conflict."""
    return tuple(fact.id for fact in facts.values() if fact.state in {"unknown", "conflict"})
