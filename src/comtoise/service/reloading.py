"""config.yaml in use follows the file: a right edit is taken over between two articles, a wrong one changes nothing.

An edit that takes away much of what is watched waits for somebody to say that it is meant: a file saved half,
or a list cut by mistake, must not silence the desk.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import structlog
from watchfiles import awatch

from comtoise.config import Config, ConfigFileError, parse_config
from comtoise.errors import ComtoiseError, StorageError
from comtoise.i18n import _, ngettext
from comtoise.store import Database, notices, versions

DEBOUNCE_MS = 100
LOOK_EVERY_MS = 5_000  #: also where the file system tells nothing of changes
SHARE_MAX = 0.2  #: of the sources, or of the keywords, that an edit may take away without being asked
PROBLEMS_TOLD = 3

log = structlog.get_logger("config")


@dataclass(frozen=True, slots=True)
class Loss:
    """What an edit takes away."""

    sources: int
    keywords: int

    @property
    def words(self) -> str:
        """In French, for the question."""
        parts = []
        if self.sources:
            parts.append(ngettext("{n} source", "{n} sources", self.sources).format(n=self.sources))
        if self.keywords:
            parts.append(ngettext("{n} mot", "{n} mots", self.keywords).format(n=self.keywords))
        return _(" et ").join(parts)


def great_loss(old: Config, new: Config) -> Loss | None:
    """What *new* takes away, when it is more than a fifth of the sources or of the keywords; else None."""
    sources = {card.id for card in old.sources()}
    words = _keywords(old)
    lost_sources = len(sources - {card.id for card in new.sources()})
    lost_words = len(words - _keywords(new))
    great_sources = lost_sources > SHARE_MAX * len(sources)
    great_words = lost_words > SHARE_MAX * len(words)
    if not (great_sources or great_words):
        return None
    return Loss(lost_sources if great_sources else 0, lost_words if great_words else 0)


def _keywords(config: Config) -> set[tuple[str, str]]:
    return {
        (sector.id, word)
        for sector in config.knowledge().sectors
        for word in (*sector.strong, *sector.weak, *sector.acronyms)
    }


class Reloader:
    """Watches one file."""

    def __init__(
        self,
        database: Database,
        path: Path,
        config: Config,
        text: str,
        apply: Callable[[Config, str], None],
        clock: Callable[[], datetime],
    ) -> None:
        """
        Args:
            text: What *config* was read from.
            apply: Takes a new configuration and its text over; called in a thread; what it raises refuses them.
        """
        self._database = database
        self._path = path
        self._config = config
        self._apply = apply
        self._clock = clock
        self._in_use = versions.fingerprint(text)
        self._refused: str | None = None  #: fingerprint of the text that was refused last
        self._remember(text)

    async def run(self, stop: asyncio.Event) -> None:
        """Follow the file until *stop* is set."""
        changes = awatch(
            self._path.parent,
            watch_filter=None,
            debounce=DEBOUNCE_MS,
            step=50,
            recursive=False,
            stop_event=stop,
            rust_timeout=LOOK_EVERY_MS,
            yield_on_timeout=True,
            ignore_permission_denied=True,
        )
        async for _changes in changes:
            try:
                await asyncio.to_thread(self.look)
            except StorageError:  # the next look, in seconds, does it again
                log.exception("config_not_compared", path=str(self._path))

    def look(self) -> bool:
        """Compare the file with what is in use; whether a new configuration was taken over.

        Raises `StorageError` when the database refuses: the next look does all of it again.
        """
        try:
            data = self._path.read_bytes()
        except OSError as error:
            if self._refused != "unreadable":
                self._refuse("unreadable", [error.strerror or type(error).__name__])
            return False
        text = data.decode("utf-8", "replace")
        seen = versions.fingerprint(text)
        if seen == self._in_use:
            if self._refused is not None:
                log.info("config_back", path=str(self._path))
            self._refused = None
            return False
        with self._database.read() as tx:
            accepted = versions.accepted(tx, seen)
        if seen == self._refused and not accepted:
            return False
        try:
            config = parse_config(data, self._path.name)
            loss = None if accepted else great_loss(self._config, config)
            if loss is not None:
                self._ask(seen, loss)
                return False
            self._apply(config, text)
        except ConfigFileError as error:
            self._refuse(seen, [str(problem) for problem in error.problems])
            return False
        except StorageError:  # it says nothing against the edit
            raise
        except ComtoiseError as error:
            self._refuse(seen, [str(error)])
            return False
        self._remember(text)
        self._config, self._in_use, self._refused = config, seen, None
        log.info("config_reloaded", path=str(self._path))
        return True

    def _refuse(self, seen: str, problems: list[str]) -> None:
        log.error("config_refused", path=str(self._path), problems=problems)
        told = "\n".join(problems[:PROBLEMS_TOLD])
        self._tell(
            seen,
            _("« {name} » ne peut pas être pris en compte ; l’ancienne version reste en service.").format(
                name=self._path.name
            )
            + f"\n{told}",
        )
        self._refused = seen

    def _ask(self, seen: str, loss: Loss) -> None:
        log.error(
            "config_waits", path=str(self._path), sources_lost=loss.sources, keywords_lost=loss.keywords
        )
        self._tell(
            seen,
            _(
                "La nouvelle version de « {name} » retire {loss}. Elle attend votre accord : tapez « comtoise config "
                "accept », ou remettez ce qui manque. L’ancienne reste en service."
            ).format(name=self._path.name, loss=loss.words),
        )
        self._refused = seen

    def _tell(self, seen: str, text: str) -> None:
        with self._database.write() as tx:
            notices.give(tx, f"config:{seen}", text, now=self._clock())

    def _remember(self, text: str) -> None:
        with self._database.write() as tx:
            versions.keep(tx, text, who=versions.BY_HAND, now=self._clock())
