"""Who is told of what is read from Kafka."""

import datetime as dt
from typing import Any

import pytest

from alerts.delivery.planning import Known, State, plan
from alerts.delivery.receiver import Manner

LOG = Manner("log")
ALERTMANAGER = Manner("alertmanager", dt.timedelta(minutes=1))
NEW = Known(newest=0, told=False)
TOLD = Known(newest=1, told=True)
DAYS = dt.timedelta(days=1)


@pytest.mark.parametrize("manner", [LOG, ALERTMANAGER])
def test_an_active_alert_is_told(make_alert: Any, clock: Any, manner: Manner) -> None:
    assert plan(make_alert(), NEW, manner, clock(), taken_before=False) is State.PENDING


@pytest.mark.parametrize("manner", [LOG, ALERTMANAGER])
def test_history_is_silent(make_alert: Any, clock: Any, manner: Manner) -> None:
    old = make_alert(fired_at=clock() - 30 * DAYS)
    assert plan(old, NEW, manner, clock(), taken_before=False) is State.OVER


def test_what_is_resolved_before_anybody_was_told_is_not_told(make_alert: Any, clock: Any) -> None:
    assert plan(make_alert(resolved=True), NEW, LOG, clock(), taken_before=False) is State.OVER


@pytest.mark.parametrize("manner", [LOG, ALERTMANAGER])
def test_who_was_told_of_an_alert_is_told_of_its_end(make_alert: Any, clock: Any, manner: Manner) -> None:
    late = clock() + 30 * DAYS
    assert plan(make_alert(resolved=True), TOLD, manner, late, taken_before=False) is State.PENDING


@pytest.mark.parametrize("manner", [LOG, ALERTMANAGER])
def test_an_older_version_never_follows_a_newer_one(make_alert: Any, clock: Any, manner: Manner) -> None:
    known = Known(newest=2, told=True)
    assert plan(make_alert(), known, manner, clock(), taken_before=False) is State.SUPERSEDED


def test_what_another_deliverer_took_is_told_again_only_where_that_does_no_harm(make_alert: Any, clock: Any) -> None:
    assert plan(make_alert(), NEW, LOG, clock(), taken_before=True) is State.ELSEWHERE
    assert plan(make_alert(), NEW, ALERTMANAGER, clock(), taken_before=True) is State.PENDING
    assert plan(make_alert(resolved=True), NEW, ALERTMANAGER, clock(), taken_before=True) is State.PENDING
