"""The ``detente`` command: one module a command, put together in ``cli/lazy_group.py``."""

import typer

from cli.lazy_group import LazyGroup
from detente import __version__

app = typer.Typer(
    name="detente",
    cls=LazyGroup,
    help="Watches the news for contacts between states, and pages when they resume or break off.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"detente {__version__}")
        raise typer.Exit


@app.callback()
def _detente(
    version: bool = typer.Option(False, "--version", callback=_print_version, is_eager=True, help="Print the version."),
) -> None:
    """Watches the news for contacts between states, and pages when they resume or break off."""


def main() -> None:
    """Run the command line."""
    app(prog_name="detente")


if __name__ == "__main__":
    main()
