"""config.yaml for the administrators who write to the bot: a word tried and written, a waiting version accepted."""

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from comtoise.config import Config, load_config, parse_config
from comtoise.config.editing import count_changes
from comtoise.errors import InputError
from comtoise.service import configuring
from comtoise.service.reloading import great_loss
from comtoise.service.trying import Change, Place, read_change, try_change
from comtoise.service.wording import refuse_both, written
from comtoise.store import Database, versions
from comtoise_bot.bureau import Waiting, WordTrial

DAYS = 30  #: of the archive that a word is tried on: an answer in a conversation takes a few seconds
TITLES = 5


class FileNewsroom:
    """The newsroom whose configuration is a file; see `comtoise_bot.bureau.Newsroom`."""

    def __init__(self, database: Database, path: Path, *, now: Callable[[], datetime]) -> None:
        self._database = database
        self._path = path
        self._now = now

    def try_word(self, sector: str, word: str, place: str) -> WordTrial:
        """Read the last articles with and without the word; one that is there already is tried without.

        Raises:
            ComtoiseError: the file is wrong, or the word cannot be read.
        """
        config = load_config(self._path)
        change = self._change(config, sector, word, place)
        trial = try_change(
            self._database, change, config.knowledge(), config.sources(), now=self._now(), days=DAYS
        )
        changed = trial.lost if change.removing else trial.gained
        return WordTrial(
            sector=sector,
            word=change.keyword.text,
            place=place,
            removing=change.removing,
            days=round(trial.days),
            gained=len(trial.gained),
            lost=len(trial.lost),
            titles=tuple(item.title for item in changed[:TITLES]),
            too_wide=trial.too_wide,
        )

    def change_word(self, sector: str, word: str, place: str, *, removing: bool, who: str) -> None:
        """Write the word in the file, or take it out, and keep that in its history.

        Raises:
            ComtoiseError: the file is wrong, cannot be written, or says so already.
        """
        config = load_config(self._path)
        change = read_change(config.knowledge(), word, sector=sector, place=Place(place), removing=removing)
        refuse_both(change)
        configuring.change(
            self._database,
            self._path,
            written(change, config.knowledge().sectors),
            who=who,
            now=self._now(),
        )

    def waiting(self) -> Waiting | None:
        """The version of the file that takes much away and is not in use; None when nothing waits.

        Raises:
            ConfigFileError: the file is wrong: nobody can accept it.
        """
        text = self._path.read_text("utf-8-sig")
        sha = versions.fingerprint(text)
        with self._database.read() as tx:
            kept = versions.history(tx)
            accepted = versions.accepted(tx, sha)
        if not kept or accepted or kept[0].sha == sha:
            return None
        old = kept[0].text
        config = parse_config(text.encode(), self._path.name)
        loss = great_loss(parse_config(old.encode(), self._path.name), config)
        if loss is None:
            return None
        added, removed = count_changes(old, text)
        return Waiting(sha=sha, loss=loss.words, added=added, removed=removed)

    def accept(self, sha: str, *, who: str) -> bool:
        """Say that the waiting version is meant; False when the file is another one than *sha* (a prefix) names."""
        text = self._path.read_text("utf-8-sig")
        if not sha or not versions.fingerprint(text).startswith(sha):
            return False
        with self._database.write() as tx:
            versions.accept(tx, text)
            versions.keep(tx, text, who=who, now=self._now())
        return True

    def free_bytes(self) -> int:
        """Room left on the disk of the database; of the file, when the database is elsewhere."""
        place = Path(self._database.path).parent if self._database.is_sqlite else self._path.parent
        return shutil.disk_usage(place).free

    @staticmethod
    def _change(config: Config, sector: str, word: str, place: str) -> Change:
        """The word taken out when the filière has it, else added."""
        knowledge = config.knowledge()
        try:
            return read_change(knowledge, word, sector=sector, place=Place(place), removing=True)
        except InputError:
            return read_change(knowledge, word, sector=sector, place=Place(place), removing=False)
