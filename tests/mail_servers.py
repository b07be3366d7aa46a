"""A real SMTP server on loopback that keeps what it is sent, and can refuse."""

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from programs import free_port


class MailServer:
    """``subjects`` are those of the mails that it took; ``refusals`` so many it refuses first."""

    def __init__(self) -> None:
        self.port = free_port()
        self.subjects: list[str] = []
        self.bodies: list[str] = []
        self.refusals = 0

    @property
    def address(self) -> str:
        """As Apprise writes it."""
        return f"mailtos://desk@127.0.0.1:{self.port}?mode=insecure&from=detente@example.org&to=duty@example.org"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802  # aiosmtpd's name
        if self.refusals:
            self.refusals -= 1
            return "451 try again later"
        mail = message_from_bytes(envelope.content, policy=default)
        self.subjects.append(str(mail["Subject"]))
        part = mail.get_body(("plain", "html"))
        self.bodies.append(part.get_content() if part else "")
        return "250 taken"


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """A server until the end of the block."""
    handler = MailServer()
    controller = Controller(handler, hostname="127.0.0.1", port=handler.port)
    controller.start()
    try:
        yield handler
    finally:
        controller.stop()
