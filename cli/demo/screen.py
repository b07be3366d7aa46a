"""What a person sees while the timeline plays: alerts as lines that stay, contacts as a table that lives below them."""

from collections.abc import Iterable
from typing import Self

from rich import box
from rich.console import Console, Group
from rich.live import Live
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from detente.alerts.alert import Alert
from detente.articles import Article
from detente.contacts.contact import Contact, TierState
from detente.vocabulary import AlertStatus, Severity, State

ROWS = 9
"""The contacts heard of last: what fits below the alerts on a small terminal."""
STATE_STYLE = {
    State.UNKNOWN: "dim",
    State.OPEN: "green",
    State.STRAINED: "yellow",
    State.SUSPENDED: "bold red",
    State.DORMANT: "blue",
}
SEVERITY_STYLE = {Severity.INFO: "bold cyan", Severity.WARNING: "bold yellow", Severity.CRITICAL: "bold red"}


class Screen:
    """Prints to the console; a live table only if it is a terminal. Use it as a context."""

    def __init__(self, console: Console, articles: int) -> None:
        self._console = console
        self._contacts: list[Contact] = []
        self._progress = Progress(
            BarColumn(bar_width=20),
            MofNCompleteColumn(),
            TextColumn("{task.description}", markup=False),
            console=console,
        )
        self._task = self._progress.add_task("", total=articles)
        self._live = Live(self._picture(), console=console, refresh_per_second=12) if console.is_terminal else None

    def __enter__(self) -> Self:
        if self._live:
            self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._live:
            self._live.stop()

    def article(self, article: Article) -> None:
        """An article goes into Kafka."""
        words = f"{article.published_at:%Y-%m-%d}  {article.publisher}  {article.title}"
        self._progress.update(self._task, advance=1, description=_cut(words, self._console.width - 32))
        self._refresh()

    def contacts(self, contacts: Iterable[Contact]) -> None:
        """The contacts as they are now."""
        self._contacts = list(contacts)
        self._refresh()

    def alert(self, alert: Alert) -> None:
        """A version of an alert comes out of Kafka."""
        if alert.version == 1:
            self._say(f"[{SEVERITY_STYLE[alert.severity]}]●[/]", _page(alert))
            self._say(" ", _proof(alert))
        elif alert.status is not AlertStatus.UNCONFIRMED and alert.resolved_at is None:
            self._say(" ", _update(alert))

    def _say(self, mark: str, words: str) -> None:
        """Print one paragraph: wrapped beside its mark on a terminal, one line in a pipe."""
        if self._console.is_terminal:
            paragraph = Table.grid(padding=(0, 1, 0, 0))
            paragraph.add_row(mark, words)
            self._console.print(paragraph, highlight=False)
        else:
            self._console.print(f"{mark} {words}", soft_wrap=True, highlight=False)

    def _refresh(self) -> None:
        if self._live:
            self._live.update(self._picture())

    def _picture(self) -> Group:
        return Group(contacts_table(self._contacts, ROWS), self._progress)


def contacts_table(contacts: Iterable[Contact], rows: int | None = None) -> Table:
    """The contacts, the one heard of last on top."""
    newest = sorted(contacts, key=lambda contact: contact.watermark, reverse=True)
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 2, 0, 0), pad_edge=False)
    for heading in ("contact", "high level", "since", "working level", "since"):
        table.add_column(heading, no_wrap=True)
    for contact in newest[:rows]:
        table.add_row(contact.key, *_tier(contact.high), *_tier(contact.working))
    return table


def _tier(tier: TierState) -> tuple[str, str]:
    return f"[{STATE_STYLE[tier.state]}]{tier.state}[/]", str(tier.since or "")


def _page(alert: Alert) -> str:
    return f"[{SEVERITY_STYLE[alert.severity]}]{escape(alert.summary)}[/]"


def _proof(alert: Alert) -> str:
    proof = alert.evidence[0].text if alert.evidence else ""
    source = alert.publishers[0] if alert.publishers else "no publisher"
    return f"“{escape(proof)}” [dim]{escape(source)}[/]"


def _update(alert: Alert) -> str:
    by = f", by {escape(alert.publishers[-1])}" if alert.publishers else ""
    return f"[dim]{alert.status}: {alert.contact} {alert.transition} on {alert.event_date}{by}[/]"


def _cut(words: str, width: int) -> str:
    return words if len(words) <= width else words[: max(1, width - 1)] + "…"
