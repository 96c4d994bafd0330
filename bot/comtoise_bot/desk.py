"""What the bot asks of the database, one transaction each, in a thread: the loop never waits for a disk."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from comtoise.digests.composition import compose
from comtoise.digests.mutes import Mute, muted
from comtoise.digests.selection import Limits
from comtoise.digests.slots import Schedule
from comtoise.model import Channel, Digest, Match, Reader, Rhythm, Slot, Source, Story, Subscription
from comtoise.store import (
    Database,
    Tx,
    archive,
    digests,
    feedback,
    mutes,
    outbox,
    readers,
    search,
    sources,
    stories,
    words,
)
from comtoise.store.erasure import erase
from comtoise.store.feedback import Verdict
from comtoise.store.readers import Newcomer, Subscriber
from comtoise.store.transactions import Transactions
from comtoise.topics import OwnWords
from comtoise_bot import own_words
from comtoise_bot.addresses import Place
from comtoise_bot.bureau import Bureau
from comtoise_bot.catalogue import Catalogue
from comtoise_bot.choices import Change

FOUND_PER_PAGE = 8
DAY, WEEK = timedelta(days=1), timedelta(days=7)


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A story as one reader has it."""

    story: Story
    mutes: tuple[Mute, ...]
    given: str  #: his verdict: « u » useful, « o » off topic, or nothing


_GIVEN = {Verdict.USEFUL: "u", Verdict.OFF_TOPIC: "o"}


class BotDesk(Transactions):
    """The desk behind the bot. Every method may be called from the loop; none keeps state.

    Args:
        cards: the sources watched, by id: shown by /sources.
        bureau: the desk of the administrators; without it nobody is one.
        erasure_key: keys the hash that is all that stays of a person who asked to be forgotten.
        operator: who answers for the service, with a way to write: shown by /confidentialite.
    """

    def __init__(
        self,
        database: Database,
        catalogue: Catalogue,
        *,
        erasure_key: bytes,
        schedule: Schedule | None = None,
        newcomer: Newcomer | None = None,
        operator: str = "",
        privacy_url: str = "",
        cards: Mapping[str, Source] | None = None,
        bureau: Bureau | None = None,
        now: Callable[[], datetime] = _utc_now,
    ) -> None:
        self.catalogue = catalogue
        self.schedule = schedule or Schedule()
        self.operator = operator
        self._newcomer = newcomer
        self.privacy_url = privacy_url
        super().__init__(database)
        self.cards: Mapping[str, Source] = cards or {}
        self.bureau = bureau or Bureau(database, now=now)
        self._erasure_key = erasure_key
        self._now = now

    def use(
        self,
        catalogue: Catalogue,
        schedule: Schedule,
        newcomer: Newcomer,
        operator: str,
        *,
        cards: Mapping[str, Source],
        administrators: frozenset[int],
    ) -> None:
        """From the next message on, work with these. May be called from any thread."""
        self.catalogue, self.schedule, self.operator = catalogue, schedule, operator
        self._newcomer = newcomer
        self.cards = self.bureau.cards = cards
        self.bureau.administrators = administrators

    async def profile(self, place: Place) -> Subscriber | None:
        """The reader of a place, with what he follows; None when there is none yet."""

        def work(tx: Tx) -> Subscriber | None:
            reader = _reader(tx, place)
            return readers.get(tx, reader.id) if reader else None

        return await self._read(work)

    async def join(self, place: Place, change: Change) -> Subscriber:
        """A first choice makes a reader, with a digest each morning; of a reader, it changes the choices."""

        def work(tx: Tx) -> Subscriber:
            known = _reader(tx, place)
            address = known.address if known else place.address
            reader, _new = readers.register(
                tx, Channel.TELEGRAM, address, now=self._now(), newcomer=self._newcomer
            )
            readers.save(tx, change(readers.subscription(tx, reader.id)))
            self._unforget(tx, place)
            return _subscriber(tx, reader.id)

        return await self._write(work)

    async def returned(self, place: Place) -> None:
        """Somebody writes /start himself: that he once asked to be forgotten no longer counts."""
        await self._write(lambda tx: self._unforget(tx, place))

    def _unforget(self, tx: Tx, place: Place) -> None:
        for address in place.addresses:
            readers.unforget(tx, Channel.TELEGRAM, address, key=self._erasure_key)

    async def choose(self, place: Place, change: Change) -> Subscriber | None:
        """Change what a reader follows; None when there is none here.

        An old button never makes a reader of somebody who asked to be forgotten.
        """

        def work(tx: Tx) -> Subscriber | None:
            reader = _reader(tx, place)
            if reader is None:
                return None
            readers.save(tx, change(readers.subscription(tx, reader.id)))
            return _subscriber(tx, reader.id)

        return await self._write(work)

    async def pause(self, place: Place, *, paused: bool) -> Subscriber | None:
        """Stop or resume everything; None when there is no reader here."""

        def work(tx: Tx) -> Subscriber | None:
            reader = _reader(tx, place)
            if reader is None:
                return None
            readers.pause(tx, reader.id, paused=paused)
            return _subscriber(tx, reader.id)

        return await self._write(work)

    async def digest_now(self, place: Place) -> tuple[int, Digest] | None:
        """The news of the last day, or else of the week, composed for this reader and kept for its buttons.

        Asking changes nothing to the digests that come by themselves.
        """

        def work(tx: Tx) -> tuple[int, Digest] | None:
            reader = _reader(tx, place)
            if reader is None:
                return None
            now = self._now()
            wanted = readers.subscription(tx, reader.id)
            silent = mutes.of_reader(tx, reader.id)
            spans = [WEEK] if wanted.rhythms == {Rhythm.WEEKLY} else [DAY, WEEK]
            for span in spans:
                rhythm = Rhythm.DAILY if span == DAY else Rhythm.WEEKLY
                slot = Slot(rhythm=rhythm, key=f"a{now.timestamp():.6f}", since=now - span, until=now)
                found = stories.between(tx, slot.since, slot.until, worth_min=wanted.worth_min)
                digest = compose(
                    [
                        story
                        for story in words.enriched(tx, found, only=wanted.words | wanted.exclusions)
                        if not muted(story, silent, now)
                    ],
                    wanted,
                    slot,
                    labels=self.catalogue.labels(),
                    filtered=0,
                    zone=self.catalogue.territory(wanted),
                    limits=Limits.of(Rhythm.DAILY),
                )
                if digest is not None:
                    digest_id = digests.save(tx, reader.id, rhythm, slot.key, digest, at=now)
                    return None if digest_id is None else (digest_id, digest)
            return None

        return await self._write(work)

    async def stored_digest(self, place: Place, digest_id: int) -> Digest | None:
        """A digest already sent; None when it is no longer kept."""

        def work(tx: Tx) -> Digest | None:
            reader = _reader(tx, place)
            return digests.load(tx, digest_id, reader_id=reader.id) if reader else None

        return await self._read(work)

    async def judge(self, place: Place, story_id: int, verdict: Verdict) -> bool:
        """Keep what a reader says of a story; False when the reader or the story is gone."""

        def work(tx: Tx) -> bool:
            reader = _reader(tx, place)
            if reader is None or not stories.load(tx, [story_id]):
                return False
            feedback.give(tx, reader_id=reader.id, story_id=story_id, verdict=verdict, now=self._now())
            return True

        return await self._write(work)

    async def heard(self, place: Place, story_id: int) -> Heard | None:
        """A story with what this reader said and mutes; None when the reader or the story is gone."""

        def work(tx: Tx) -> Heard | None:
            reader, found = _reader(tx, place), stories.load(tx, [story_id])
            if reader is None or not found:
                return None
            verdict = feedback.of_reader(tx, reader.id).get(story_id)
            return Heard(
                story=found[0],
                mutes=mutes.of_reader(tx, reader.id),
                given=_GIVEN[verdict] if verdict else "",
            )

        return await self._read(work)

    async def mute(self, place: Place, kind: str, topic: str, *, days: int) -> None:
        """Let a reader hear no more of something for some days; 0: for good."""

        def work(tx: Tx) -> None:
            reader = _reader(tx, place)
            if reader is not None:
                until = self._now() + days * DAY if days else None
                mutes.save(tx, reader.id, Mute(kind, topic, until))

        await self._write(work)

    async def lift(self, place: Place, kind: str, topic: str) -> None:
        """Let a reader hear of something again."""

        def work(tx: Tx) -> None:
            reader = _reader(tx, place)
            if reader is not None:
                mutes.lift(tx, reader.id, kind, topic)

        await self._write(work)

    async def search(self, question: str, page: int) -> search.Page:
        """A page, counted from 1, of the stories that say the words of a question."""
        offset = (page - 1) * FOUND_PER_PAGE
        return await self._read(lambda tx: search.find(tx, question, limit=FOUND_PER_PAGE, offset=offset))

    async def try_word(self, wanted: Subscription, word: str) -> own_words.Preview:
        """What a word of a reader's own would have found in the last days. Nothing is kept."""
        now = self._now()
        since = now - own_words.DAYS * DAY

        def work(tx: Tx) -> own_words.Preview:
            found = stories.between(tx, since, now, worth_min=wanted.worth_min)
            return own_words.preview(
                word, found, (each.article for each in archive.articles(tx, since=since - WEEK)), wanted
            )

        return await self._read(work)

    async def keep_word(self, place: Place, word: str, *, excluding: bool) -> Subscriber | None:
        """Let a reader follow a word of his own, or exclude it, in the news of the last days too."""
        since = self._now() - own_words.DAYS * DAY

        def look(tx: Tx) -> dict[int, tuple[Match, ...]]:
            compiled = OwnWords([word])
            return {
                int(each.article.id): found
                for each in archive.articles(tx, since=since)
                if (found := compiled.find(each.article))
            }

        found = await self._read(look)  # takes its time, and must hold up nobody who writes

        def work(tx: Tx) -> Subscriber | None:
            reader = _reader(tx, place)
            if reader is None:
                return None
            change = own_words.keep(word, excluding=excluding)
            readers.save(tx, change(readers.subscription(tx, reader.id)))
            words.stood(tx, found)
            return _subscriber(tx, reader.id)

        return await self._write(work)

    async def sources(self) -> dict[str, sources.PollState]:
        """How each source that is watched was found at its last poll, by id."""
        return {state.source_id: state for state in await self._read(sources.states)}

    async def gone(self, place: Place, reason: str) -> None:
        """The chat closed its door: send nothing more, keep the choices in case it opens again."""

        def work(tx: Tx) -> None:
            reader = _reader(tx, place)
            if reader is not None:
                readers.disable(tx, reader.id, reason, now=self._now())

        await self._write(work)

    async def back(self, place: Place) -> bool:
        """The door is open again; whether there was a reader behind it."""

        def work(tx: Tx) -> bool:
            reader = _reader(tx, place)
            if reader is not None:
                readers.register(tx, Channel.TELEGRAM, reader.address, now=self._now())
            return reader is not None

        return await self._write(work)

    async def moved(self, old: Place, new: Place) -> None:
        """The chat has another number now."""

        def work(tx: Tx) -> None:
            reader = readers.find(tx, Channel.TELEGRAM, old.address)
            if reader is not None:
                readers.move(tx, reader.id, new.address)

        await self._write(work)

    async def bind(self, place: Place) -> Subscriber | None:
        """Write in this topic from now on; None when the chat has no reader to bring here."""

        def work(tx: Tx) -> Subscriber | None:
            reader = _reader(tx, place)
            if reader is None:
                return None
            if reader.address != place.address:
                readers.move(tx, reader.id, place.address)
            return _subscriber(tx, reader.id)

        return await self._write(work)

    async def data(self, place: Place) -> dict[str, Any] | None:
        """All that is kept about a reader, as values that JSON can hold."""

        def work(tx: Tx) -> dict[str, Any] | None:
            reader = _reader(tx, place)
            if reader is None:
                return None
            known = _subscriber(tx, reader.id)
            wanted = known.subscription
            return {
                "telegram": reader.address,
                "depuis": known.since.isoformat(),
                "langue": reader.language,
                "fuseau": reader.timezone,
                "en_pause": reader.paused,
                "arret": reader.disabled_reason,
                **readers.exported(wanted),
                "silence_de": wanted.quiet_from.isoformat("minutes") if wanted.quiet_from else None,
                "silence_a": wanted.quiet_to.isoformat("minutes") if wanted.quiet_to else None,
                "alertes_par_jour": wanted.alerts_per_day,
                "avis": {
                    str(story): verdict.value for story, verdict in feedback.of_reader(tx, reader.id).items()
                },
                "moins_de": [
                    {"sorte": mute.kind, "sujet": mute.topic, "jusqu_a": _iso(mute.until)}
                    for mute in mutes.of_reader(tx, reader.id)
                ],
                "envois": [
                    {
                        "sorte": row.kind.value,
                        "etat": row.state.value,
                        "le": _iso(row.settled_at or row.not_before),
                        "nouvelle": row.story_id,
                        "digest": row.digest_id,
                    }
                    for row in outbox.of_reader(tx, reader.id)
                ],
            }

        return await self._read(work)

    async def forget(self, place: Place) -> bool:
        """Erase a reader everywhere, at once; False when there was none."""

        reader = await self._read(lambda tx: _reader(tx, place))
        return reader is not None and await asyncio.to_thread(
            erase, self._database, reader.id, key=self._erasure_key, now=self._now()
        )


def _iso(when: datetime | None) -> str | None:
    return when.isoformat() if when else None


def _reader(tx: Tx, place: Place) -> Reader | None:
    found = (readers.find(tx, Channel.TELEGRAM, address) for address in place.addresses)
    return next((reader for reader in found if reader is not None), None)


def _subscriber(tx: Tx, reader_id: int) -> Subscriber:
    found = readers.get(tx, reader_id)
    if found is None:
        raise KeyError(reader_id)
    return found
