"""The file that says where alerts go: named receivers, and the routes that lead to them."""

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, model_validator

from alerts.delivery.acks import AckBook
from alerts.delivery.receiver import Manner, Receiver
from alerts.delivery.receivers.alertmanager import AlertmanagerConfig, AlertmanagerReceiver
from alerts.delivery.receivers.jsonl_log import JsonlLogConfig, JsonlLogReceiver
from alerts.delivery.receivers.terminal import TerminalReceiver
from alerts.delivery.receivers.webhook import WebhookReceiver
from alerts.delivery.routing import Routed, Routes
from detente.alerts.alert import Alert

TIMEOUT = timedelta(seconds=20)


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class TerminalConfig(_Strict):
    """Standard output."""


class AppriseConfig(_Strict):
    """Services by their Apprise addresses, one a line; the addresses hold secrets, so they stand elsewhere."""

    urls_file: Path | None = None
    urls_env: str | None = Field(default=None, pattern=r"^[A-Z][A-Z0-9_]*$")
    """The name of an environment variable."""
    timeout: timedelta = TIMEOUT

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if (self.urls_file is None) == (self.urls_env is None):
            raise ValueError("give either urls_file or urls_env")
        return self

    def addresses(self) -> list[str]:
        """The addresses; raises OSError if the file cannot be read."""
        text = self.urls_file.read_text() if self.urls_file else os.environ.get(self.urls_env or "", "")
        return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


class WebhookConfig(_Strict):
    """A web address, with the secret that signs what is sent there."""

    url: HttpUrl
    secret_file: Path
    allow_private: bool = False
    """Allow addresses of this machine and of the local network."""
    timeout: timedelta = TIMEOUT


class ReceiverEntry(_Strict):
    """A name and one kind of receiver."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_-]{0,40}$")
    terminal: TerminalConfig | None = None
    log: JsonlLogConfig | None = None
    alertmanager: AlertmanagerConfig | None = None
    apprise: AppriseConfig | None = None
    webhook: WebhookConfig | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        kinds = [self.terminal, self.log, self.alertmanager, self.apprise, self.webhook]
        if sum(kind is not None for kind in kinds) != 1:
            raise ValueError("a receiver is one of terminal, log, alertmanager, apprise, webhook")
        return self


class ReceiversFile(_Strict):
    """The whole file."""

    receivers: tuple[ReceiverEntry, ...] = Field(min_length=1, max_length=50)
    routing: Routes = Routes()

    @model_validator(mode="after")
    def _names_fit(self) -> Self:
        names = [entry.name for entry in self.receivers]
        if len(set(names)) < len(names):
            raise ValueError("two receivers have one name")
        named = {name for route in self.routing.routes for name in route.to} | set(self.routing.default)
        if named - set(names):
            raise ValueError(f"no receiver is named {', '.join(sorted(named - set(names)))}")
        return self


class Destination(NamedTuple):
    """A receiver that is not opened yet; ``open`` is called in a running event loop, and raises OSError and ValueError."""

    manner: Manner
    open: Callable[[AckBook], Receiver]


def destinations(file: ReceiversFile) -> Iterator[Destination]:
    """Every receiver of the file, an Apprise entry as one for each of its addresses. Raises OSError and ValueError."""
    for entry in file.receivers:
        wants = partial(_is_routed, file.routing, entry.name)
        if entry.apprise is not None:
            yield from _services(entry.name, entry.apprise, wants)
        elif entry.alertmanager is not None:
            manner = Manner(entry.name, entry.alertmanager.resend_every, wants)
            yield Destination(manner, partial(AlertmanagerReceiver, entry.alertmanager, manner))
        else:
            yield _told_once(entry, Manner(entry.name, None, wants))


def _told_once(entry: ReceiverEntry, manner: Manner) -> Destination:
    def opened(_: AckBook) -> Receiver:
        if entry.log is not None:
            return JsonlLogReceiver(entry.log, manner)
        if entry.webhook is not None:
            hook = entry.webhook
            secret = hook.secret_file.read_text().strip()
            return WebhookReceiver(manner, str(hook.url), secret, hook.timeout, allow_private=hook.allow_private)
        return TerminalReceiver(manner=manner)

    return Destination(manner, opened)


def _services(name: str, config: AppriseConfig, wants: Callable[[Alert], bool]) -> Iterator[Destination]:
    addresses = config.addresses()
    if not addresses:
        raise ValueError(f"{name}: no Apprise address is given")
    for number, address in enumerate(addresses, 1):
        manner = Manner(name if len(addresses) == 1 else f"{name}-{number}", None, wants)
        yield Destination(manner, partial(_service, manner, address, config.timeout))


def _service(manner: Manner, address: str, timeout: timedelta, _: AckBook) -> Receiver:
    from alerts.delivery.receivers.apprise_service import AppriseReceiver  # noqa: PLC0415  # slow to import, often unused

    return AppriseReceiver(manner, address, timeout)


def _is_routed(routes: Routes, name: str, alert: Alert) -> bool:
    return routes.routed(alert, name) is not Routed.NOT_ROUTED
