"""The words of an alert, and what a template cannot do."""

from typing import Any

import pytest

from detente.alerts.template_fields import SAMPLES, template_fields
from detente.alerts.templates import MAX_RENDERED_CHARS, RenderError, checked_template, render


def test_the_documented_fields_are_filled_from_the_transition(transition: Any) -> None:
    fields = template_fields(transition(), ("China", "United States"))
    words = render("{{ pair }}, {{ channel }}, {{ event_date }}: {{ evidence }}", fields)
    assert words == "China and United States, military, 2024-04-16: The ministers spoke by video."


@pytest.mark.parametrize(
    "source",
    [
        "{{ nobody }}",
        "{{ dyad.nobody }}",
        "{{ dyad.__class__ }}",
        "{{ ''.join(publishers) }}",
        "{{ 'a' * 1000000000 }}",
        "{{ '%1000000000d' % 1 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ dyad | center(1000000000) }}",
        "{% for i in range(9) %}{{ i }}{% endfor %}",
        "{% include '/etc/passwd' %}",
        "{{ self }}{{ self.__init__ }}",
        "{{ publishers[7] }}",
        "{{ confidence / 0 }}",
    ],
)
def test_what_a_template_may_not_do_is_refused_when_it_is_loaded(source: str) -> None:
    with pytest.raises(RenderError):
        checked_template(source)


def test_an_article_cannot_send_commands_to_a_terminal(transition: Any) -> None:
    fields = template_fields(transition()).model_copy(update={"title": "\x1b[2Jgone\u202e\x07"})
    assert render("{{ title }}", fields) == "[2Jgone"


def test_an_article_cannot_write_template_code(transition: Any) -> None:
    fields = template_fields(transition()).model_copy(update={"title": "{{ dyad }}"})
    assert render("{{ title }}", fields) == "{{ dyad }}"


def test_long_words_are_cut() -> None:
    long = SAMPLES[0].model_copy(update={"evidence": "x" * 10_000})
    assert len(render("{{ evidence }}", long)) == MAX_RENDERED_CHARS
