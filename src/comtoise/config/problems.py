"""What is wrong in a configuration file, in a form a person can act upon."""

from collections.abc import Iterable
from dataclasses import dataclass

from comtoise.errors import ConfigError
from comtoise.i18n import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One mistake: where, what was written, what is wrong and what to write instead."""

    name: str  #: of the file, as the person named it
    line: int  #: from 1; 0 when it is the file itself that cannot be read
    column: int  #: from 1, in characters; 0 with line 0
    text: str  #: the offending text, shortened; never a secret
    message: str
    remedy: str

    def __str__(self) -> str:
        if self.line == 0:
            return _("{name} : {message} → {remedy}").format(
                name=self.name, message=self.message, remedy=self.remedy
            )
        return _("{name}, ligne {line}, colonne {column} : {message} → {remedy}").format(
            name=self.name, line=self.line, column=self.column, message=self.message, remedy=self.remedy
        )


class ConfigFileError(ConfigError):
    """The file cannot be used; every problem found is told, in the order of the lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda p: (p.line, p.column)))
        super().__init__("\n".join(map(str, self.problems)))
