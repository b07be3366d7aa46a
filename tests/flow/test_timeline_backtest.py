"""The bundled timeline through the pure pipeline: articles in, exactly the pages that an analyst expects."""

from collections.abc import Iterator

import pytest

from alerts.rule_files import load_rules
from cli.demo.expected import compare, read_expected
from cli.demo.timeline import read_timeline
from detente.alerts.alert import Alert
from detente.backtest import Outcome, run
from detente.coder.article_to_signals import load_coder


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    return list(run(read_timeline(), load_coder().code, load_rules(None)))


def alerts(outcomes: list[Outcome]) -> Iterator[Alert]:
    return (alert for outcome in outcomes for alert in outcome.alerts)


def test_the_timeline_pages_exactly_what_is_expected(outcomes):
    assert [check.words for check in compare(read_expected(), alerts(outcomes)) if not check.ok] == []


def test_events_that_are_to_stay_quiet_are_read_and_page_nobody(outcomes):
    quiet = {(event.contact, event.event_date) for event in read_expected().quiet}
    read = {(f"{s.dyad}:{s.channel}", str(s.event_date)) for outcome in outcomes for s in outcome.signals}
    paged = {(alert.contact, str(alert.event_date)) for alert in alerts(outcomes)}
    assert quiet <= read
    assert not quiet & paged


def test_ordinary_news_is_no_signal(outcomes):
    ordinary = {"touchline.example", "ledger.example"}
    publishers = {article.id: article.publisher for article in read_timeline()}
    assert [o.signals for o in outcomes if publishers.get(o.id) in ordinary and o.signals] == []


def test_every_alert_shows_the_sentence_that_proves_it(outcomes):
    bodies = {article.id: article for article in read_timeline()}
    for alert in alerts(outcomes):
        proof, source = alert.evidence[0], bodies[alert.articles[0].article_id]
        assert getattr(source, proof.field)[proof.start : proof.end] == proof.text
