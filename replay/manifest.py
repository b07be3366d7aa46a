"""What a replay was made from: two replays of the same manifest give the same bytes."""

import datetime as dt
from collections.abc import Sequence
from hashlib import blake2b
from importlib.resources import files

from pydantic import Field

from detente import __version__, wire
from detente.alerts.rule import Rule
from detente.ids import stable_id
from detente.model import UtcTime, Value
from runtime.topic_range import TopicRange

DATA_PACKAGES = ("detente.coder", "detente.parties")


class Manifest(Value):
    """Identity of a replay, and when it is done its counts. Times are UTC; offsets are Kafka's, the end excluded."""

    id: str
    topic: str
    since: UtcTime | None
    until: UtcTime | None
    offsets: dict[int, tuple[int, int]]
    rules: dict[str, str]
    """The hash of each rule, by name."""
    compared_rules: dict[str, str] = Field(default_factory=dict)
    lexicon: str
    """The hash of the coder's and the parties' data files."""
    detente: str
    schemas: dict[str, str]
    counts: dict[str, int] = Field(default_factory=dict)


def manifest_of(
    wanted: TopicRange,
    since: dt.datetime | None,
    until: dt.datetime | None,
    rules: Sequence[Rule],
    compared: Sequence[Rule] = (),
) -> Manifest:
    """The manifest of a replay that has not run yet; its id depends on all its fields."""
    fields = Manifest(
        id="",
        topic=wanted.topic,
        since=since,
        until=until,
        offsets=wanted.offsets,
        rules=_hashes(rules),
        compared_rules=_hashes(compared),
        lexicon=lexicon_hash(),
        detente=__version__,
        schemas={name: f"{major}.{minor}" for name, major, minor in wire.SCHEMAS.values()},
    )
    return fields.model_copy(update={"id": stable_id("replay", fields.model_dump_json())[:12]})


def lexicon_hash() -> str:
    """A hash of all data that coding depends on."""
    digest = blake2b(digest_size=12)
    for package in DATA_PACKAGES:
        for file in sorted(files(package).iterdir(), key=lambda file: file.name):
            if file.name.endswith((".yaml", ".csv")):
                digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def _hashes(rules: Sequence[Rule]) -> dict[str, str]:
    return {rule.name: stable_id("rule", rule.model_dump_json()) for rule in rules}
