"""What the desk's administrators ask of the bot: how things stand, a source, a word, a waiting configuration.

Who is one is settled by config.yaml, and asked at every message: Telegram shows commands to everybody.
"""

import asyncio
import platform
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from typing import Protocol

from comtoise.i18n import _
from comtoise.model import Source
from comtoise.store import Database, Tx, audit, health, sources, state
from comtoise.store.transactions import Transactions
from comtoise_bot.words import say


@dataclass(frozen=True, slots=True, kw_only=True)
class WordTrial:
    """What a word would change, on the articles already there."""

    sector: str  #: id
    word: str  #: as it would be written
    place: str  #: « fort » or « faible »
    removing: bool
    days: int  #: looked at
    gained: int
    lost: int
    titles: tuple[str, ...]  #: of some of them
    too_wide: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A version of config.yaml that is not in use."""

    sha: str
    loss: str  #: what it takes away, in words
    added: int  #: lines
    removed: int


class Newsroom(Protocol):
    """What needs config.yaml itself. Called in threads; `ComtoiseError` tells, in French, why not."""

    def try_word(self, sector: str, word: str, place: str) -> WordTrial:
        """Read the last articles with and without the word; one that is there already is tried without."""
        ...

    def change_word(self, sector: str, word: str, place: str, *, removing: bool, who: str) -> None:
        """Write the word in the file, or take it out."""
        ...

    def waiting(self) -> Waiting | None:
        """The version that waits for somebody to say that it is meant."""
        ...

    def accept(self, sha: str, *, who: str) -> bool:
        """Say so; False when the file is another one by now."""
        ...

    def free_bytes(self) -> int:
        """Room left on the disk of the database."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How things stand."""

    figures: state.Figures
    needing: tuple[sources.PollState, ...]
    deeds: tuple[audit.Deed, ...]
    free_bytes: int | None


class Bureau(Transactions):
    """The administrators' desk.

    Args:
        administrators: Telegram users.
        newsroom: without it, words and configuration are out of reach.
    """

    def __init__(
        self,
        database: Database,
        *,
        administrators: frozenset[int] = frozenset(),
        cards: Mapping[str, Source] | None = None,
        newsroom: Newsroom | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(database)
        self.administrators = administrators
        self.cards: Mapping[str, Source] = cards or {}
        self.newsroom = newsroom
        self.now = now

    async def standing(self) -> Standing:
        """For /etat."""

        def work(tx: Tx) -> Standing:
            return Standing(
                figures=state.figures(tx, self.now()),
                needing=tuple(sources.needing_attention(tx)),
                deeds=tuple(audit.last(tx)),
                free_bytes=self.newsroom.free_bytes() if self.newsroom else None,
            )

        return await self._read(work)

    def versions(self, given: Standing) -> tuple[str, ...]:
        """Of what runs."""
        return (
            f"Comtoise {version('comtoise')}",
            say(_("base {revision}"), revision=given.figures.schema),
            f"Python {platform.python_version()}",
            f"python-telegram-bot {version('python-telegram-bot')}",
        )

    async def source(self, source_id: str) -> health.Health | None:
        """A source that is watched, with its health."""
        if source_id not in self.cards:
            return None
        found = await self._read(lambda tx: health.report(tx, self.cards, self.now()))
        return next((one for one in found if one.source == source_id), None)

    async def poll(self, source_id: str, *, who: str) -> None:
        """Have a source read as soon as possible."""

        def work(tx: Tx) -> None:
            sources.make_due(tx, self.now(), [source_id])
            audit.note(tx, who=who, what=say(_("{id} : relève demandée"), id=source_id), now=self.now())

        await self._write(work)

    async def rest(self, source_id: str, days: int, *, who: str) -> None:
        """Leave a source alone for some days."""

        def work(tx: Tx) -> None:
            sources.postpone(tx, [source_id], self.now() + timedelta(days=days))
            told = say(_("{id} : en pause, {days} j"), id=source_id, days=days)
            audit.note(tx, who=who, what=told, now=self.now())

        await self._write(work)

    async def try_word(self, sector: str, word: str, place: str) -> WordTrial | None:
        """What a word would change; None without a newsroom. Raises `ComtoiseError`."""
        if self.newsroom is None:
            return None
        return await asyncio.to_thread(self.newsroom.try_word, sector, word, place)

    async def change_word(self, sector: str, word: str, place: str, *, removing: bool, who: str) -> None:
        """Write a word, or take it out. Raises `ComtoiseError`."""
        if self.newsroom is None:
            return
        await asyncio.to_thread(self.newsroom.change_word, sector, word, place, removing=removing, who=who)
        told = _("{sector} : « {word} » retiré") if removing else _("{sector} : « {word} » ajouté")
        await self._note(who, say(told, sector=sector, word=word))

    async def waiting(self) -> Waiting | None:
        """The configuration that waits. Raises `ComtoiseError`."""
        return await asyncio.to_thread(self.newsroom.waiting) if self.newsroom else None

    async def accept(self, sha: str, *, who: str) -> bool:
        """Let the service take the waiting configuration over."""
        if self.newsroom is None or not await asyncio.to_thread(self.newsroom.accept, sha, who=who):
            return False
        await self._note(who, say(_("nouvelle configuration acceptée")))
        return True

    async def _note(self, who: str, what: str) -> None:
        await self._write(lambda tx: audit.note(tx, who=who, what=what, now=self.now()))
