"""Expressions in CEL for what a rule's fields cannot say, compiled once and tried when the rule is loaded."""

import re
from functools import lru_cache
from typing import Any

from detente.alerts.template_fields import SAMPLES, TemplateFields

MAX_LOOPS = 2
"""Each loop goes over at most sixteen items; two of them, one in the other, are still quick."""

_LOOP = re.compile(r"\.\s*(all|exists|exists_one|filter|map)\s*\(")


class ExpressionError(ValueError):
    """The expression has no answer for these fields."""


def checked_expression(text: str) -> str:
    """The text as it is, if it compiles and answers true or false to the fullest and to the barest transition."""
    if len(_LOOP.findall(text)) > MAX_LOOPS:
        raise ValueError(f"an expression has at most {MAX_LOOPS} loops (all, exists, exists_one, filter, map)")
    for sample in SAMPLES:
        try:
            holds(text, sample)
        except ExpressionError as error:
            raise ValueError(f"the expression has no answer: {error}") from error
    return text


def holds(text: str, fields: TemplateFields) -> bool:
    """Whether the expression is true of the fields; raises ExpressionError if it is neither true nor false."""
    from celpy.adapter import json_to_cel  # noqa: PLC0415  # slow to import, and few rules need it
    from celpy.celtypes import BoolType  # noqa: PLC0415
    from celpy.evaluation import CELEvalError  # noqa: PLC0415

    try:
        answer = _program(text).evaluate(
            {name: json_to_cel(value) for name, value in fields.model_dump(mode="json").items()}
        )
    except CELEvalError as error:
        raise ExpressionError(_first_line(error)) from error
    if not isinstance(answer, BoolType):
        raise ExpressionError(f"it gives {type(answer).__name__.removesuffix('Type').lower()}, not true or false")
    return bool(answer)


@lru_cache(maxsize=256)
def _program(text: str) -> Any:  # noqa: ANN401  # celpy has no types
    from celpy import Environment  # noqa: PLC0415
    from celpy.celparser import CELParseError  # noqa: PLC0415

    environment = Environment()
    try:
        return environment.program(environment.compile(text))
    except CELParseError as error:
        raise ExpressionError(_first_line(error)) from error


def _first_line(error: Exception) -> str:
    return str(error.args[0] if error.args else error).strip().splitlines()[0][:200]
