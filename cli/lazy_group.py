"""A group whose commands are imported when they are called: ``classify`` need not wait for Kafka's libraries."""

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

MODULES = {
    "demo": "cli.demo.command:demo",
    "broker": "cli.broker:app",
    "produce": "cli.produce:produce",
    "worker": "cli.worker:worker",
    "deliver": "cli.deliver:deliver",
    "classify": "cli.classify:classify",
    "backtest": "cli.backtest:backtest",
    "replay": "cli.replay:replay",
    "archive": "cli.archive:app",
    "topics": "cli.topics:app",
    "rules": "cli.rules:app",
    "contacts": "cli.contacts:contacts",
    "alerts": "cli.alerts:app",
    "dead": "cli.dead:app",
}
"""Each command or group of commands, in the order in which a newcomer needs them."""


class LazyGroup(TyperGroup):
    """Knows its commands by name, and imports one when it is asked for."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002  # the library's own signature
        """The names, in the table's order."""
        return list(MODULES)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401, ARG002  # the library's own signature
        """The command of that name, or None."""
        return load(cmd_name) if cmd_name in MODULES else None


def load(name: str) -> Any:  # noqa: ANN401  # a command of Typer's own vendored classes
    """Import a command and make it runnable under its name."""
    module, _, attribute = MODULES[name].partition(":")
    found = getattr(import_module(module), attribute)
    if not isinstance(found, typer.Typer):
        function, found = found, typer.Typer(pretty_exceptions_enable=False, rich_markup_mode=None)
        found.command()(function)
    command = typer.main.get_command(found)
    command.name = name
    return command
