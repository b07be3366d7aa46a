"""One URL into bytes: conditional, with limits of size, time and redirects, and with a named outcome."""

from enum import StrEnum
from typing import NamedTuple

import aiohttp

MAX_PAGE_BYTES = 8_000_000
"""After decompression."""
TIMEOUT = aiohttp.ClientTimeout(total=30, sock_connect=10)
MAX_REDIRECTS = 5
HEADERS = {"User-Agent": "detente (a feed reader)", "Accept-Encoding": "gzip, deflate"}


class Outcome(StrEnum):
    """How a fetch ended; a label of the metric of fetches."""

    FETCHED = "fetched"
    UNCHANGED = "unchanged"
    HTTP_ERROR = "http_error"
    TIMED_OUT = "timed_out"
    UNREACHABLE = "unreachable"
    """Also: a private address."""
    TOO_LARGE = "too_large"
    NOT_A_FEED = "not_a_feed"


class Fetched(NamedTuple):
    """The outcome, and with FETCHED the bytes and what makes the next fetch conditional."""

    outcome: Outcome
    detail: str = ""
    body: bytes = b""
    content_type: str = ""
    etag: str | None = None
    last_modified: str | None = None


async def fetch(
    session: aiohttp.ClientSession, url: str, etag: str | None = None, last_modified: str | None = None
) -> Fetched:
    """Get it, unless it is unchanged. Raises nothing for what the other side does."""
    known = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    headers = HEADERS | {name: value for name, value in known.items() if value}
    try:
        async with session.get(url, headers=headers, timeout=TIMEOUT, max_redirects=MAX_REDIRECTS) as response:
            return await _read(response)
    except TimeoutError:
        return Fetched(Outcome.TIMED_OUT, f"no answer within {TIMEOUT.total:.0f} s")
    except aiohttp.InvalidURL:
        return Fetched(Outcome.UNREACHABLE, "no URL that can be fetched")
    except aiohttp.ClientError as error:
        return Fetched(Outcome.UNREACHABLE, " ".join(str(error).split()) or type(error).__name__)


async def _read(response: aiohttp.ClientResponse) -> Fetched:
    if response.status == 304:  # noqa: PLR2004  # Not Modified
        return Fetched(Outcome.UNCHANGED)
    if response.status != 200:  # noqa: PLR2004  # OK
        return Fetched(Outcome.HTTP_ERROR, f"HTTP {response.status}")
    body = bytearray()
    async for chunk in response.content.iter_chunked(65_536):
        body += chunk
        if len(body) > MAX_PAGE_BYTES:
            return Fetched(Outcome.TOO_LARGE, f"over {MAX_PAGE_BYTES:,} bytes")
    named = response.headers
    kind, etag, changed = named.get("Content-Type", ""), named.get("ETag"), named.get("Last-Modified")
    return Fetched(Outcome.FETCHED, "", bytes(body), kind, etag, changed)
