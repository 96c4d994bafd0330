"""The command ``comtoise``.

Commands read a file or ``-``. Machine output is JSON Lines on the standard output; what people read, and the
logs, go to the standard error. Exit status: 0 done, 1 a problem with the input or the world (one clear
sentence), 2 wrong usage. A command is imported when it is asked for: `comtoise canonical` need not wait for
Scrapy.
"""

import errno
import importlib
import os
import re
import sys
from typing import Any

import click

from comtoise import __version__
from comtoise.cli import french
from comtoise.cli.groups import Group
from comtoise.errors import ComtoiseError
from comtoise.i18n import _

french.speak()

#: Command to module. Each module defines a click command of that name (dashes become underscores).
_COMMANDS = {
    "demo": "comtoise.cli.demo",
    "run": "comtoise.cli.run",
    "check": "comtoise.cli.check",
    "crawl": "comtoise.cli.crawl",
    "feed": "comtoise.cli.documents",
    "extract": "comtoise.cli.documents",
    "canonical": "comtoise.cli.documents",
    "dates": "comtoise.cli.documents",
    "classify": "comtoise.cli.articles",
    "stories": "comtoise.cli.articles",
    "story": "comtoise.cli.story",
    "explain": "comtoise.cli.articles",
    "evaluate": "comtoise.cli.articles",
    "digest": "comtoise.cli.digest",
    "export": "comtoise.cli.export",
    "keywords": "comtoise.cli.keywords",
    "reclassify": "comtoise.cli.reclassify",
    "sources": "comtoise.cli.sources",
    "readers": "comtoise.cli.readers",
    "mail": "comtoise.cli.mail",
    "config": "comtoise.cli.config",
    "outbox": "comtoise.cli.outbox",
    "db": "comtoise.cli.db",
}


class _Commands(Group):
    """Imports a command's module when the command is named, or when help lists them all."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run what was typed; a number below zero is not taken for the name of an option."""
        try:
            return super().invoke(ctx)
        except click.NoSuchOption as error:
            if not re.fullmatch(r"-\d", error.option_name):
                raise
            raise click.UsageError(_("Un nombre précédé de « - » n’a pas de sens ici."), error.ctx) from None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that was typed; of one that is none, the nearest, which click knows of imported ones only."""
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand as error:
            raise click.NoSuchCommand(error.command_name, possibilities=_COMMANDS, ctx=ctx) from None

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click passes it)
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        module = _COMMANDS.get(cmd_name)
        if module is None:
            return None
        command: click.Command = getattr(importlib.import_module(module), f"{cmd_name}_command")
        if isinstance(command, click.Group):
            french.name_subcommands(command)
        return command


@click.group(
    cls=_Commands,
    subcommand_metavar=french.word("COMMAND [ARGS]..."),
    help=_(
        "Comtoise, la veille de l’industrie régionale : collecter les sources locales, comprendre chaque "
        "article, raconter chaque histoire une fois, la remettre à qui elle concerne.\n\n"
        "Pour découvrir : comtoise demo. Pour servir : comtoise run."
    ),
)
@click.version_option(__version__, prog_name="comtoise")
def cli() -> None:
    """The root of all commands."""


def main() -> None:
    """Run the command of the command line; errors of ours are one sentence on the standard error."""
    try:
        cli(prog_name="comtoise")
    except ComtoiseError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except BrokenPipeError:
        # The reader of a pipe left (`| head`): that is no error of ours.
        _write_no_more()
        sys.exit(0)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        _write_no_more()
        click.echo(_("Tout n’est pas écrit : le disque est plein."), err=True)
        sys.exit(1)


def _write_no_more() -> None:
    """Send what is still to be written on the standard output nowhere: it cannot be written at the end either."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
