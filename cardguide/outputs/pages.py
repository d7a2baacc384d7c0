"""The pages of the site: staged Markdown with front matter, in every locale."""

import datetime
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from jinja2 import Environment

from cardguide.artifacts import Artifact, text_artifact
from cardguide.dataset import Dataset
from cardguide.freshness import Freshness
from cardguide.locales import Locale
from cardguide.outputs.search import SearchEntry, create_search_index
from cardguide.recordmodel import Page
from cardguide.templating import render
from cardguide.views.addressing import page_path, picture_path, site_address
from cardguide.views.counters import SignView, create_sign
from cardguide.views.groups import in_groups
from cardguide.views.pagehead import create_page_head, create_procedure_head
from cardguide.views.pages import PageView, ProcedureView, Surroundings, create_page, create_procedure_page
from cardguide.views.presenting import Presenter
from cardguide.views.provenances import create_review_notice


def create_pages(
    dataset: Dataset,
    environment: Environment,
    *,
    as_of: datetime.date,
    surroundings: Mapping[str, Surroundings],
) -> Iterator[Artifact]:
    """Yield every page and the search index of every locale; ``surroundings`` are given by locale."""
    yield from create_some_pages(
        dataset, environment, as_of=as_of, surroundings=surroundings, is_wanted=lambda _: True
    )
    for locale in dataset.locales:
        presenter = Presenter(dataset=dataset, locale=locale, as_of=as_of, address=site_address)
        yield create_search_index(locale.tag, search_entries(presenter))


def create_some_pages(
    dataset: Dataset,
    environment: Environment,
    *,
    as_of: datetime.date,
    surroundings: Mapping[str, Surroundings],
    is_wanted: Callable[[str], bool],
) -> Iterator[Artifact]:
    """Yield the pages whose staged paths are wanted."""
    environment = _grouping(environment)
    freshness = Freshness(dataset=dataset)
    for locale in dataset.locales:
        presenter = Presenter(dataset=dataset, locale=locale, as_of=as_of, address=site_address)
        for page in dataset.pages.values():
            if not is_wanted(f"{locale.tag}/{page_path('page', page.id)}"):
                continue
            fresh = create_review_notice(presenter, freshness.page_review_by(page))
            head = create_page_head(presenter, page)
            view = create_page(presenter, page, surroundings[locale.tag])
            yield _page(presenter, environment, view, {"fresh": fresh, **head})
        for procedure in dataset.procedures.values():
            if not is_wanted(f"{locale.tag}/{page_path('procedure', procedure.id)}"):
                continue
            fresh = create_review_notice(presenter, freshness.page_review_by(procedure))
            head = create_procedure_head(presenter, procedure)
            shown = create_procedure_page(presenter, procedure)
            yield _procedure(presenter, environment, shown, {"fresh": fresh, **head})


Matter = Mapping[str, Any]


@lru_cache(maxsize=2)  # with what it has compiled
def _grouping(environment: Environment) -> Environment:
    """Return the environment with the filter of statements that share one note."""
    own = environment.overlay()
    own.filters = {**environment.filters, "in_groups": in_groups}
    return own


def _page(presenter: Presenter, environment: Environment, view: PageView, more: Matter) -> Artifact:
    path = page_path("page", view.id)
    matter = {
        "title": view.title,
        "description": view.description,
        "picture": picture_path(presenter.locale.tag, path),
        "checked": {"date": view.checked_on, "text": str(view.checked)},
        **more,
        "record": f"pages.{view.id}",
    }
    template = "pages/page.md.jinja"
    if view.id == "home":
        matter["kind"], template = "home", "pages/home.md.jinja"
    body = render(environment, template, label=presenter.label, view=view)
    return _markdown(presenter.locale, path, matter, body)


def _procedure(presenter: Presenter, environment: Environment, view: ProcedureView, more: Matter) -> Artifact:
    path = page_path("procedure", view.id)
    matter = {
        "title": view.title,
        "description": view.description,
        "picture": picture_path(presenter.locale.tag, path),
        "title_other": [{"lang": lang, "text": text} for lang, text in view.others],
        "sign": _sign_matter(view.sign),
        "checked": {"date": view.checked_on, "text": str(view.checked)},
        **more,
        "record": f"procedures.{view.id}",
    }
    body = render(environment, "pages/procedure.md.jinja", label=presenter.label, view=view)
    return _markdown(presenter.locale, path, matter, body)


def _sign_matter(sign: SignView) -> Matter:
    return {"counter": sign.counter, "letter": sign.letter, "number": sign.number, "label": sign.label}


def _markdown(locale: Locale, path: str, matter: Mapping[str, Any], body: str) -> Artifact:
    # JSON is YAML: a value such as "a: b" can never be taken for a mapping or printed as page text.
    front = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in matter.items())
    return text_artifact(f"{locale.tag}/{path}", f"---\n{front}---\n\n{body.strip()}\n")


def search_entries(presenter: Presenter) -> Iterator[SearchEntry]:
    """Yield what can be found: procedures, pages and questions, each with its aliases."""
    data = presenter.dataset
    for procedure in data.procedures.values():
        sign = create_sign(presenter, procedure)
        yield SearchEntry(
            title=presenter.words(procedure.name),
            page=page_path("procedure", procedure.id),
            summary=str(presenter.statement(procedure.summary, "", procedure.verified_on).text),
            sign=(sign.counter, sign.letter, sign.number),
            words=_words(procedure.aliases, procedure.sign, *procedure.name.root.values()),
        )
    for page in data.pages.values():
        yield SearchEntry(
            title=presenter.words(page.title),
            page=page_path("page", page.id),
            summary=presenter.words(page.description),
            words=_words(page.aliases, *_names_in_parts(presenter, page)),
        )
    for question in data.questions.values():
        answer = presenter.statements(question.answer, "", question.verified_on)
        yield SearchEntry(
            title=presenter.words(question.question),
            page=page_path("question", question.id),
            summary=str(answer[0].text) if answer else presenter.label("state-unknown"),
            words=_words(question.aliases),
        )


def _words(aliases: Mapping[str, Iterable[str]], *more: str) -> tuple[str, ...]:
    """Return the aliases of every language: people type in one and read in another."""
    return tuple(dict.fromkeys((*(alias for each in aliases.values() for alias in each), *more)))


def _names_in_parts(presenter: Presenter, page: Page) -> Iterator[str]:
    """Yield the names in the table of a page that people look for: their prefecture."""
    if any(section.part == "office-table" for section in page.sections):
        yield from (presenter.words(prefecture.name) for prefecture in presenter.dataset.prefectures.values())
