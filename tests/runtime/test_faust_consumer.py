"""The consumer that Faust is given: what it takes, and where it goes on."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from faust.types import TP

from runtime.faust_app import build_app
from runtime.faust_consumer import HeldConsumer
from runtime.settings import KafkaSettings

READ, FRESH = TP("articles", 0), TP("articles", 1)


class Thread:
    """Stands in for the thread that talks to Kafka: one committed partition, and a fetch that lasts until it is let go."""

    def __init__(self) -> None:
        self.sought: tuple[TP, ...] = ()
        self.asked: set[TP] | None = None
        self.let_go = asyncio.Event()

    async def seek_to_committed(self) -> Mapping[TP, int | None]:
        return {READ: 7, FRESH: None}

    async def seek_to_beginning(self, *tps: TP) -> None:
        self.sought = tps

    async def getmany(self, active: set[TP], _: float) -> dict[TP, list[Any]]:
        self.asked = active
        await self.let_go.wait()
        return {}


def consumer(tmp_path: Path) -> tuple[HeldConsumer, Thread]:
    made = build_app(KafkaSettings(bootstrap_servers="127.0.0.1:1"), tmp_path).consumer
    assert isinstance(made, HeldConsumer)
    made._thread = thread = Thread()  # type: ignore[assignment]
    return made, thread


def test_a_fetch_under_way_is_waited_for_and_keeps_to_the_partitions_it_was_made_for(tmp_path: Path):
    asyncio.run(waits_for_the_fetch(tmp_path))


async def waits_for_the_fetch(tmp_path: Path) -> None:
    held, thread = consumer(tmp_path)
    held._active_partitions = {READ}
    fetch = asyncio.create_task(held._wait_next_records(1.0))
    await asyncio.sleep(0.05)
    held._active_partitions.clear()
    assert thread.asked == {READ}
    held.stop_flow()
    waiting = asyncio.create_task(held.wait_for_stopped_flow())
    await asyncio.sleep(0.05)
    assert not waiting.done()
    thread.let_go.set()
    await asyncio.wait_for(waiting, 1)
    await fetch


def test_a_partition_with_nothing_committed_is_read_again_from_its_beginning(tmp_path: Path):
    async def seek() -> Thread:
        held, thread = consumer(tmp_path)
        await held.perform_seek()
        return thread

    thread = asyncio.run(seek())
    assert thread.sought == (FRESH,)
