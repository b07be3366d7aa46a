"""The words of an alert: Jinja2 in a sandbox that has the documented fields, a few filters, and nothing to call."""

from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from detente.alerts.template_fields import SAMPLES, TemplateFields

MAX_RENDERED_CHARS = 2_000
"""Longer output is cut: an alert is read on a telephone, and Kafka keeps a handful of them in one record."""

FILTERS = (
    "capitalize", "default", "first", "join", "last", "length", "lower",
    "replace", "title", "trim", "truncate", "upper",
)  # fmt: skip
"""Filters whose output is bounded by their input."""


class RenderError(ValueError):
    """The template cannot be rendered with these fields."""


class _Sandbox(ImmutableSandboxedEnvironment):
    """No call, no multiplication, no formatting: a template can cost no more than the fields it prints."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=False)  # the words go to no web page
        self.filters = {name: self.filters[name] for name in FILTERS}
        self.globals = {}

    def is_safe_callable(self, obj: Any) -> bool:  # noqa: ANN401, ARG002
        """Nothing is: the fields hold values only."""
        return False

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401, ARG002
        """Refuse what can make a large value of small ones."""
        raise SecurityError(f"the operator {operator} is not available in a template")


_ENVIRONMENT = _Sandbox()


@lru_cache(maxsize=1024)
def _compiled(source: str) -> Template:
    return _ENVIRONMENT.from_string(source)


def render(source: str, fields: TemplateFields) -> str:
    """The template's words: printable, trimmed, at most 2,000 characters. Raises RenderError."""
    try:
        rendered = _compiled(source).render(fields.model_dump())
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
        line = getattr(error, "lineno", None)
        raise RenderError(f"template: {error}" + (f" (line {line} of the template)" if line else "")) from error
    return printable(rendered).strip()[:MAX_RENDERED_CHARS]


def printable(text: str) -> str:
    """The text without control characters, so that a headline cannot command a terminal."""
    return "".join(char for char in text if char.isprintable() or char in "\n\t")


def checked_template(source: str) -> str:
    """The source itself if it can be rendered with a full and with a bare transition; raises RenderError."""
    for sample in SAMPLES:
        render(source, sample)
    return source
