"""A claim of a first contact in so long is held against our own record."""

import datetime as dt

import pytest
from builders import NOW, report, signal

from detente.contacts.advance import advance
from detente.contacts.record_check import RecordCheck, RecordVerdict, verdict_on
from detente.signals import ArticleSignals

NEWS = report(
    "2024-04-16", signal("suspension", "2022-08-05"), signal("video", "2024-04-16", gap_days=730), publisher="b.example"
)


def checked(*earlier: ArticleSignals) -> RecordCheck:
    contact = None
    for article in (*earlier, NEWS):
        contact, made = advance(contact, article, NOW)
    (resumed, *_) = made
    assert resumed.record is not None
    return resumed.record


def test_a_record_of_a_later_contact_contradicts_the_claim():
    record = checked(
        report("2022-11-22", signal("meeting", "2022-11-22")), report("2023-01-02", signal("refusal", "2023-01-02"))
    )
    assert record.verdict is RecordVerdict.SHORTER
    assert (record.claimed_days, record.record_days, str(record.last)) == (730, 511, "2022-11-22")


def test_a_record_that_fits_agrees():
    assert checked(report("2022-06-10", signal("meeting", "2022-06-10"))).verdict is RecordVerdict.AGREES


def test_an_older_record_says_that_we_may_have_missed_one():
    assert checked(report("2019-11-18", signal("meeting", "2019-11-18"))).verdict is RecordVerdict.LONGER


def test_the_articles_own_background_is_no_record():
    assert checked().verdict is RecordVerdict.NO_RECORD


def test_a_handshake_and_a_working_meeting_do_not_contradict_a_claim_of_ministers():
    record = checked(
        report("2023-06-02", signal("meeting", "2023-06-02", ceremonial=True)),
        report("2024-01-09", signal("talks", "2024-01-09", level="working")),
    )
    assert record.verdict is RecordVerdict.NO_RECORD


@pytest.mark.parametrize(
    ("claimed", "recorded", "verdict"),
    [
        (730, 608, RecordVerdict.SHORTER),
        (730, 640, RecordVerdict.AGREES),
        (200, 160, RecordVerdict.AGREES),
        (200, 150, RecordVerdict.SHORTER),
        (365, 500, RecordVerdict.LONGER),
    ],
)
def test_a_claim_may_be_off_by_15_percent_or_45_days(claimed, recorded, verdict):
    assert verdict_on(dt.timedelta(days=claimed), dt.timedelta(days=recorded)) is verdict
