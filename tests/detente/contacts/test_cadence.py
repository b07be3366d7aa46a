"""A silence is measured by what the two are used to."""

import datetime as dt

import pytest
from builders import NOW, report, signal

from detente.contacts.advance import advance
from detente.contacts.cadence import cadence_limit
from detente.contacts.contact import SILENCE_LIMIT, Contact
from detente.vocabulary import Tier


def met(every: int, times: int, **fields: object) -> Contact:
    contact = None
    for number in range(times):
        day = (dt.date(2023, 1, 2) + dt.timedelta(days=every * number)).isoformat()
        contact, _ = advance(contact, report(day, signal("call", day, **fields)), NOW)
    assert contact is not None
    return contact


@pytest.mark.parametrize(("every", "days"), [(30, 120), (3, 30), (10, 40), (300, 730)])
def test_four_times_the_usual_gap_within_bounds(every, days):
    assert cadence_limit(met(every, 6), Tier.HIGH) == dt.timedelta(days=days)


def test_a_few_meetings_make_no_habit():
    assert cadence_limit(met(30, 4), Tier.HIGH) == SILENCE_LIMIT


def test_each_tier_has_its_own():
    contact = met(10, 8, level="working")
    assert cadence_limit(contact, Tier.WORKING) == dt.timedelta(days=40)
    assert cadence_limit(contact, Tier.HIGH) == SILENCE_LIMIT
