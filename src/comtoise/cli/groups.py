"""Groups of commands whose help says what each command does, whole."""

import re

import click

from comtoise.cli.french import word


class Group(click.Group):
    """Click cuts the line about a command at the width of the terminal; here it goes on in the next line."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of the commands: the first sentence of what each says of itself."""
        named = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        rows = [(name, _sentence(command)) for name, command in named if command is not None]
        with formatter.section(word("Commands")):
            formatter.write_dl(rows)


def _sentence(command: click.Command) -> str:
    """The first sentence of a command's help; a point inside a name (config.yaml) ends none."""
    paragraph = " ".join((command.help or "").split("\n\n")[0].split())
    return re.split(r"(?<=\.) (?=[A-ZÀ-Ý])", paragraph)[0]
