"""The one Jinja2 environment: templates from memory, autoescape on, unknown names refused."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined

from cardguide.richtext import inert


def create_environment(templates: Mapping[str, str], *, for_markdown: bool = False) -> Environment:
    """Return an environment over the templates, by path below ``templates/``.

    What ``for_markdown`` templates place into a page stays words when Markdown reads the page. Equal templates share
    one environment, which has compiled them: do not change it, but an ``overlay``.
    """
    return _environment(tuple(sorted(templates.items())), for_markdown)


@lru_cache(maxsize=4)  # pages, tables and sheets, and one to spare; a preview asks for them at every edit
def _environment(templates: tuple[tuple[str, str], ...], for_markdown: bool) -> Environment:  # noqa: FBT001 - a part of the key
    return Environment(
        finalize=_finalize_for_markdown if for_markdown else None,
        loader=DictLoader(dict(templates)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _finalize_for_markdown(value: object) -> object:
    return inert(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


def render(environment: Environment, template: str, *, label: Callable[..., str], **words: Any) -> str:
    """Return a rendered template; ``label`` gives it the short words of its locale."""
    return environment.get_template(template).render(label=label, **words)
