"""The one Jinja2 environment: templates from memory, autoescape on, unknown names refused."""

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined


def create_environment(templates: Mapping[str, str]) -> Environment:
    """Return an environment over the templates, by path below ``templates/``."""
    return Environment(
        loader=DictLoader(dict(templates)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def render(environment: Environment, template: str, *, label: Callable[..., str], **words: Any) -> str:
    """Return a rendered template; ``label`` gives it the short words of its locale."""
    return environment.get_template(template).render(label=label, **words)
