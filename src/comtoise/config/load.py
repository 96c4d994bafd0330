"""Read config.yaml: whole and right, or every problem with its line and its remedy."""

from pathlib import Path

from pydantic import ValidationError

from comtoise.config.checks import check
from comtoise.config.explain import explain
from comtoise.config.problems import ConfigFileError, Problem
from comtoise.config.reading import read_tree
from comtoise.config.schema import Config
from comtoise.files import refused_reading
from comtoise.i18n import _


def load_config(path: Path) -> Config:
    """Read the file at *path*.

    Raises:
        ConfigFileError: it is absent, unreadable or wrong; ``problems`` tells all that was found.
    """
    return parse_config(read_config_bytes(path), path.name)


def read_config_bytes(path: Path) -> bytes:
    """The file as it is; raises `ConfigFileError` when it is absent or unreadable."""
    try:
        return path.read_bytes()
    except OSError as error:
        message, remedy = refused_reading(error)
        if not isinstance(error, PermissionError):
            remedy = _("allez dans son dossier, ou donnez son chemin : --config /chemin/config.yaml")
        problem = Problem(name=str(path), line=0, column=0, text="", message=message, remedy=remedy)
        raise ConfigFileError([problem]) from error


def parse_config(data: bytes, name: str) -> Config:
    """Read the bytes of a file that people call *name*; raises `ConfigFileError`."""
    tree = read_tree(data, name)
    config = None
    try:
        config = Config.model_validate(tree.value)
    except ValidationError as error:
        # A key that is written wrong comes first: that it is missing need not be told too.
        for details in sorted(error.errors(include_url=False), key=lambda one: one["type"] == "missing"):
            explain(details, tree)
    if config is not None:
        check(config, tree)
    if tree.problems:
        raise ConfigFileError(tree.problems)
    assert config is not None  # no problem told: the schema was met
    return config
