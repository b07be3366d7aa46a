"""What stands on the terminal."""

import asyncio
import datetime as dt
import io
from typing import Any

import pytest
from rich.console import Console

from alerts.delivery.receiver import Accepted, Transient
from alerts.delivery.receivers.terminal import TerminalReceiver
from detente.vocabulary import AlertStatus


def printed(alert: Any, **console: Any) -> str:
    out = io.StringIO()
    receiver = TerminalReceiver(Console(file=out, soft_wrap=True, width=80, **console))
    assert asyncio.run(receiver.send(alert, alert.fired_at)) == Accepted()
    return out.getvalue()


def test_one_line_and_the_proof(make_alert: Any) -> None:
    assert printed(make_alert()) == (
        "2024-04-16 12:00:00Z CRITICAL unconfirmed China and United States: alert one  [one high_level_contact_resumed]\n"
        "    “The ministers spoke.” (wire.example)\n"
    )


def test_a_later_version_is_one_line_that_says_how_the_alert_stands(make_alert: Any) -> None:
    assert " resolved China" in printed(make_alert(resolved=True))
    retracted = make_alert(resolved=True, status=AlertStatus.RETRACTED)
    assert " retracted China" in printed(retracted)
    assert printed(retracted).count("\n") == 1


def test_text_of_articles_is_no_markup_and_commands_no_terminal(make_alert: Any) -> None:
    alert = make_alert(summary="[bold]\x1b[2J[/bold]\nsecond line")
    assert "[bold][2J[/bold] second line" in printed(alert, force_terminal=False)


def test_a_terminal_that_is_gone_is_a_fault_that_may_pass(make_alert: Any) -> None:
    class Gone(io.StringIO):
        def write(self, _: str) -> int:
            raise OSError(5, "Input/output error")

    receiver = TerminalReceiver(Console(file=Gone()))
    outcome = asyncio.run(receiver.send(make_alert(), dt.datetime.now(dt.UTC)))
    assert isinstance(outcome, Transient)


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
