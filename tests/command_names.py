"""Every command of the command line by the words one types for it."""

import typer

from cli.main import app


def commands_of(group, prefix=""):
    context = typer.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if hasattr(command, "list_commands"):
            yield from commands_of(command, f"{prefix}{name} ")
        else:
            yield f"{prefix}{name}", command


COMMANDS = dict(commands_of(typer.main.get_command(app)))
