"""The last page: what was checked and measured, and what to do next."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from cli.demo.cluster import Cluster
from cli.demo.expected import Check, Expected
from cli.demo.follower import Seen
from cli.demo.summary import Latency

NEXT = """Next:
  detente classify FILE         what one article says, and why
  detente backtest FILE         what your own articles would have paged, without Kafka
  detente broker start          a Kafka of your own; then `detente worker`, `detente deliver`,
  detente produce FEED-URL      and articles as they are published
  docs/demo.md explains each alert of this run, docs/operating.md how to run for real."""


def print_report(
    console: Console, expected: Expected, checks: Sequence[Check], seen: Seen, articles: int, latency: Latency | None
) -> None:
    """Print counts, latency, the checks that failed and the verdict."""
    lines = [
        "",
        f"articles     {articles}",
        f"signals      {seen.signals}, about {len(seen.contacts)} contacts",
        f"transitions  {len(seen.transitions)}, confirmations among them",
        f"alerts       {len(seen.first_seen)}, in {len(seen.alerts)} versions",
    ]
    if latency:
        lines.append(f"latency      {latency}, article sent to alert seen")
    console.print("\n".join([*lines, "", *_verdict(expected, checks)]), soft_wrap=True, highlight=False)


def _verdict(expected: Expected, checks: Sequence[Check]) -> list[str]:
    failed = [check for check in checks if not check.ok]
    if failed:
        each = [f"[bold red]✗ {escape(check.words)}[/]" for check in failed]
        return [*each, f"[bold red]FAIL[/] {len(failed)} of {len(checks)} checks"]
    quiet = f"{len(expected.quiet)} near misses stayed quiet"
    return [f"[bold green]PASS[/] {len(expected.alerts)} expected alerts, each once, and no other; {quiet}"]


def print_next(console: Console) -> None:
    """Print what a newcomer does next."""
    console.print(f"\n{NEXT}", soft_wrap=True, highlight=False, markup=False)


def print_kept(console: Console, made: Cluster, folder: Path) -> None:
    """Print how to look at what ``--keep`` left."""
    lines = ["Kept. To look at it:", f"  export DETENTE_KAFKA_BOOTSTRAP_SERVERS={made.kafka.bootstrap_servers}"]
    if made.kafka.api_version:
        lines.append(f"  export DETENTE_KAFKA_API_VERSION={made.kafka.api_version} DETENTE_KAFKA_DECLARE_TOPICS=false")
    lines += [
        f"  export DETENTE_KAFKA_TOPIC_PREFIX={made.kafka.topic_prefix}",
        "  detente contacts CHN-USA --channel military",
        f"  less {folder}/*.log",
    ]
    if made.broker:
        lines.append(f"and to be rid of it: detente broker stop --dir {made.broker.directory}; rm -r {folder}")
    else:
        lines.append(f"and to be rid of it: delete the topics {made.kafka.topic_prefix}*, and rm -r {folder}")
    console.print("\n".join(["", *lines]), soft_wrap=True, highlight=False, markup=False)
