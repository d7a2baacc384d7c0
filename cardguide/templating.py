"""The one Jinja2 environment: templates from memory, autoescape on, unknown names refused."""

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined

from cardguide.richtext import inert


def create_environment(templates: Mapping[str, str], *, for_markdown: bool = False) -> Environment:
    """Return an environment over the templates, by path below ``templates/``.

    What ``for_markdown`` templates place into a page stays words when Markdown reads the page.
    """
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
