"""Alerts by mail through Apprise, to a real SMTP server."""

import asyncio
import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from mail_servers import MailServer, mail_server

from alerts.delivery.receiver import Accepted, Manner, Outcome, Transient
from alerts.delivery.receivers.apprise_service import AppriseReceiver, body_of, kind_of, title_of
from detente.alerts.alert import Alert
from detente.vocabulary import AlertStatus

TIMEOUT = dt.timedelta(seconds=10)


@pytest.fixture
def mail() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


def send(address: str, alert: Alert, now: dt.datetime) -> Outcome:
    return asyncio.run(AppriseReceiver(Manner("mail"), address, TIMEOUT).send(alert, now))


def test_a_mail_says_what_happened_and_proves_it(mail: MailServer, make_alert: Any, clock: Any):
    assert send(mail.address, make_alert(), clock()) == Accepted()
    assert mail.subjects == ["[NEW] China and United States: alert one"]
    assert "The ministers spoke." in mail.bodies[0]
    assert "https://wire.example/1" in mail.bodies[0]


def test_a_server_that_refuses_for_now_is_tried_again(mail: MailServer, make_alert: Any, clock: Any):
    mail.refusals = 1
    assert isinstance(send(mail.address, make_alert(), clock()), Transient)
    assert send(mail.address, make_alert(), clock()) == Accepted()
    assert len(mail.subjects) == 1


def test_a_server_that_is_gone_may_come_back_and_its_address_is_not_told(make_alert: Any, clock: Any):
    with mail_server() as server:
        address = server.address
    outcome = send(address, make_alert(), clock())
    assert isinstance(outcome, Transient)
    assert "desk" not in outcome.reason


@pytest.mark.parametrize(
    ("changes", "standing", "kind"),
    [
        ({}, "NEW", "failure"),
        ({"severity": "info"}, "NEW", "info"),
        ({"status": AlertStatus.CONFIRMED}, "CONFIRMED", "failure"),
        ({"resolved": True}, "RESOLVED", "success"),
        ({"status": AlertStatus.RETRACTED}, "RETRACTED", "failure"),
    ],
)
def test_the_title_says_how_the_alert_stands(make_alert: Any, changes: Any, standing: str, kind: str):
    alert = make_alert(**changes)
    assert title_of(alert).startswith(f"[{standing}] ")
    assert kind_of(alert) == kind


def test_what_is_sent_is_bounded_whatever_the_articles_say(make_alert: Any):
    alert = make_alert(summary="long " * 200, description="\x1b[31m" + "very " * 2_000)
    assert len(title_of(alert)) <= 200
    assert len(body_of(alert)) <= 3_000
    assert "\x1b" not in body_of(alert)


def test_an_address_that_apprise_does_not_know_is_refused_without_showing_it():
    with pytest.raises(ValueError, match="mail: this is no address") as raised:
        AppriseReceiver(Manner("mail"), "nonsense://secret", TIMEOUT)
    assert "secret" not in str(raised.value)
