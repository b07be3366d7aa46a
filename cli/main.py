"""The ``detente`` command: one module a command, put together here."""

import typer

from cli import broker

app = typer.Typer(
    name="detente",
    help="Watches the news for contacts between states, and pages when they resume or break off.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

# Registered in the order in which a newcomer needs them; each module holds one command or one group.
app.add_typer(broker.app, name="broker")


@app.callback()
def _detente() -> None:
    """Have commands even while only one is registered."""


def main() -> None:
    """Run the command line."""
    app(prog_name="detente")


if __name__ == "__main__":
    main()
