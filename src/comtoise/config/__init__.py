"""config.yaml and the secrets: what the desk decides, read once, checked whole, told in French.

How the file is read and why it is so strict: docs/decisions/0002-configuration.md.
"""

from comtoise.config.load import load_config, parse_config
from comtoise.config.problems import ConfigFileError, Problem
from comtoise.config.schema import Config
from comtoise.config.secrets import Secrets, load_secrets

__all__ = [
    "Config",
    "ConfigFileError",
    "Problem",
    "Secrets",
    "load_config",
    "load_secrets",
    "parse_config",
]
