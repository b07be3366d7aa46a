"""Alertmanager's silences, through its API v2: made for acknowledgements and by ``detente alerts silence``."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

import aiohttp

OURS = "detente"
"""Who made a silence, for those that an acknowledgement made: a person's own are never touched."""


class Silence(NamedTuple):
    """One silence that is active or will be."""

    id: str
    matchers: dict[str, str]
    ends_at: str
    created_by: str
    comment: str


class Silences:
    """The silences of one Alertmanager. Methods raise aiohttp's ClientError and TimeoutError."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        """``url`` is Alertmanager's own address."""
        self._session = session
        self._url = url.rstrip("/") + "/api/v2"

    async def create(self, matchers: Mapping[str, str], starts: datetime, ends: datetime, by: str, comment: str) -> str:
        """Silence what has these labels; returns the silence's id."""
        body = {
            "matchers": [
                {"name": name, "value": value, "isRegex": False, "isEqual": True} for name, value in matchers.items()
            ],
            "startsAt": starts.isoformat(),
            "endsAt": ends.isoformat(),
            "createdBy": by,
            "comment": comment or "no comment",
        }
        async with self._session.post(f"{self._url}/silences", json=body, raise_for_status=True) as answer:
            return str((await answer.json())["silenceID"])

    async def listed(self, label: str | None = None, value: str = "") -> list[Silence]:
        """Those that have not expired; with a label only those with such a matcher."""
        params = [("filter", f'{label}="{value}"')] if label else []
        async with self._session.get(f"{self._url}/silences", params=params, raise_for_status=True) as answer:
            told: list[dict[str, Any]] = await answer.json()
        return [
            Silence(
                one["id"],
                {matcher["name"]: matcher["value"] for matcher in one["matchers"]},
                one["endsAt"],
                one["createdBy"],
                one["comment"],
            )
            for one in told
            if one["status"]["state"] != "expired"
        ]

    async def expire(self, silence_id: str) -> None:
        """End it now."""
        async with self._session.delete(f"{self._url}/silence/{silence_id}", raise_for_status=True):
            return
