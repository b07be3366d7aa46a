"""What an HTTP receiver's answer means for the delivery."""

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import aiohttp

from alerts.delivery.receiver import Outcome, Permanent, Transient

REFUSALS = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNPROCESSABLE_ENTITY})
"""Answers that speak of this alert. All others may be mended without it: a wrong address, a proxy, a password."""

MAX_ANSWER_BYTES = 2_000


async def failure_of(answer: aiohttp.ClientResponse, now: datetime) -> Outcome:
    """The outcome of an answer that was not a success, with the beginning of what it said."""
    said = (await answer.content.read(MAX_ANSWER_BYTES)).decode(errors="replace")
    reason = f"HTTP {answer.status} {' '.join(said.split())[:300]}".strip()
    if answer.status in REFUSALS:
        return Permanent(reason)
    return Transient(reason, retry_after(answer.headers.get("Retry-After"), now))


def retry_after(header: str | None, now: datetime) -> timedelta | None:
    """Seconds or a date, as HTTP has it; None if it is neither."""
    if header is None:
        return None
    try:
        return timedelta(seconds=int(header)) if header.isdigit() else parsedate_to_datetime(header) - now
    except (ValueError, TypeError, OverflowError):
        return None
