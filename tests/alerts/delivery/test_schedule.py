"""When a delivery is tried again."""

import datetime as dt
from typing import Any

import pytest

from alerts.delivery.planning import State
from alerts.delivery.receiver import Accepted, Manner, Permanent, Transient
from alerts.delivery.schedule import after, back_off

LOG = Manner("log")
ALERTMANAGER = Manner("alertmanager", dt.timedelta(minutes=1))


@pytest.mark.parametrize(
    ("attempts", "shortest", "longest"), [(1, 0.5, 1), (2, 1, 2), (3, 2, 4), (7, 30, 60), (10_000, 30, 60)]
)
def test_waits_double_up_to_a_minute_and_vary_by_chance(attempts: int, shortest: float, longest: float) -> None:
    assert back_off(attempts, 0.0).total_seconds() == shortest
    assert back_off(attempts, 1.0).total_seconds() == longest


def test_a_fault_that_may_pass_is_tried_again(make_alert: Any, clock: Any) -> None:
    state, due = after(Transient("busy"), 1, make_alert(), LOG, clock(), lambda: 1.0)
    assert (state, due) == (State.PENDING, clock() + dt.timedelta(seconds=1))


def test_a_receiver_that_asks_for_a_pause_gets_it_within_reason(make_alert: Any, clock: Any) -> None:
    for wish, given in ((dt.timedelta(minutes=2), 120), (dt.timedelta(days=9), 3600), (dt.timedelta(days=-1), 1)):
        _, due = after(Transient("busy", wish), 1, make_alert(), LOG, clock(), lambda: 1.0)
        assert due == clock() + dt.timedelta(seconds=given)


def test_a_refusal_is_final(make_alert: Any, clock: Any) -> None:
    assert after(Permanent("no"), 1, make_alert(), LOG, clock(), lambda: 1.0) == (State.REFUSED, None)


def test_what_is_told_once_is_done_when_it_is_accepted(make_alert: Any, clock: Any) -> None:
    assert after(Accepted(), 1, make_alert(), LOG, clock(), lambda: 1.0) == (State.ACCEPTED, None)


def test_alertmanager_is_told_again_until_the_alert_ends(make_alert: Any, clock: Any) -> None:
    alert = make_alert(active_until=clock() + dt.timedelta(seconds=90))
    assert after(Accepted(), 1, alert, ALERTMANAGER, clock(), lambda: 1.0)[1] == clock() + dt.timedelta(seconds=60)
    clock.go(seconds=60)
    assert after(Accepted(), 2, alert, ALERTMANAGER, clock(), lambda: 1.0)[1] == alert.active_until
    clock.go(seconds=30)
    assert after(Accepted(), 3, alert, ALERTMANAGER, clock(), lambda: 1.0) == (State.ACCEPTED, None)


def test_the_end_of_an_alert_is_told_once(make_alert: Any, clock: Any) -> None:
    ended = make_alert(resolved=True)
    assert after(Accepted(), 1, ended, ALERTMANAGER, clock(), lambda: 1.0) == (State.ACCEPTED, None)
