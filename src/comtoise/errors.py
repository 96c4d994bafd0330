"""The errors raised on purpose. A leaf tells its catcher what to do."""


class ComtoiseError(Exception):
    """Base of every error raised on purpose; catching it never hides a bug."""


class InputError(ComtoiseError):
    """What a person or a file gave cannot be used; the message says why in one sentence."""


class ConfigError(InputError):
    """config.yaml, or a secret, is wrong; the configuration in use stays in use."""


class SourceError(ComtoiseError):
    """A source could not be read this round; the other sources go on."""


class StorageError(ComtoiseError):
    """The database refused; the driver's error is the ``__cause__``."""


class SupersededError(ComtoiseError):
    """Another instance leads this database now: this one stops, and nothing more that it writes is kept."""


class DataRefusedError(StorageError):
    """The database refused a value, and will refuse it again: what brought it fails alone."""
