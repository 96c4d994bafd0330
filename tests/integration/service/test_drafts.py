"""The editor's hour: what is promoted, demoted, removed or said before the weekly letter leaves."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from comtoise.delivery.text import digest_text
from comtoise.digests import Schedule
from comtoise.model import Digest, Entry, Rhythm, Slot, Subscription
from comtoise.service.striking import DigestDesk, Striker
from comtoise.store import drafts, stories
from support.newsroom import Newsroom

Compose = Callable[..., Digest | None]
PARIS = ZoneInfo("Europe/Paris")
TOWNS = ("Oyonnax", "Besançon", "Dole", "Vesoul", "Belfort", "Pontarlier", "Morez")


@pytest.fixture
def slot(newsroom: Newsroom) -> Slot:
    return Slot(
        rhythm=Rhythm.WEEKLY,
        key="2026-W48",
        since=newsroom.now - timedelta(days=3),
        until=newsroom.now + timedelta(days=4),
    )


@pytest.fixture
def ids(newsroom: Newsroom) -> list[int]:
    """Seven stories, one per town."""
    for number, town in enumerate(TOWNS):
        newsroom.lists(
            "gazette",
            Entry(
                url=f"https://gazette.example/{number}",
                guid=str(number),
                title=f"Plasturgie : Moulabelle{number} investit {number + 2} M€ à {town}",
                summary=f"Le plasturgiste Moulabelle{number} achète des presses à injecter à {town}.",
                published=newsroom.now,
            ),
        )
    newsroom.understands()
    with newsroom.database.read() as tx:
        return [
            int(s.id)
            for s in stories.between(tx, newsroom.now - timedelta(days=1), newsroom.now + timedelta(days=1))
        ]


@pytest.fixture
def compose(newsroom: Newsroom, slot: Slot) -> Compose:
    desk = DigestDesk(schedule=Schedule(), labels={"plasturgie": "Plasturgie"}, zone="Ici")
    striker = Striker(newsroom.database, desk, clock=lambda: newsroom.now)

    def composed(**follows: object) -> Digest | None:
        striker._read.clear()
        with newsroom.database.read() as tx:
            wanted = replace(Subscription(reader_id=0), **follows)  # type: ignore[arg-type]
            return striker.preview(tx, wanted, slot, PARIS)

    return composed


def told(digest: Digest | None) -> list[int]:
    assert digest is not None
    return [int(story.id) for story in digest.stories]


def put(newsroom: Newsroom, slot: Slot, story: int, what: str, minutes: int = 0) -> None:
    with newsroom.database.write() as tx:
        drafts.put(tx, slot.key, story, what, who="jeanne", now=newsroom.now + timedelta(minutes=minutes))


def test_promoted_stories_come_first_in_the_editors_order(
    newsroom: Newsroom, slot: Slot, ids: list[int], compose: Compose
) -> None:
    untouched = told(compose())
    assert sorted(untouched) == sorted(ids)
    last, before = untouched[-1], untouched[-2]
    put(newsroom, slot, last, drafts.PROMOTE)
    put(newsroom, slot, before, drafts.PROMOTE, minutes=1)
    digest = compose()
    assert digest is not None
    assert told(digest)[:2] == [last, before]
    assert str(last) == digest.highlights[0].id
    assert digest.title != ""


def test_demoted_and_removed_stories_leave_the_top_and_the_letter(
    newsroom: Newsroom, slot: Slot, ids: list[int], compose: Compose
) -> None:
    first, second = told(compose())[:2]
    put(newsroom, slot, first, drafts.DEMOTE)
    put(newsroom, slot, second, drafts.REMOVE)
    digest = compose()
    assert digest is not None
    assert str(first) not in [story.id for story in digest.highlights]
    assert first in told(digest)
    assert second not in told(digest)
    assert sorted([*told(digest), second]) == sorted(ids)


def test_a_reader_gets_only_what_he_follows_even_of_what_is_promoted(
    newsroom: Newsroom, slot: Slot, ids: list[int], compose: Compose
) -> None:
    mine = told(compose(departements=frozenset({"25"})))
    other = next(id_ for id_ in ids if id_ not in mine)
    put(newsroom, slot, other, drafts.PROMOTE)
    assert told(compose(departements=frozenset({"25"}))) == mine


def test_the_note_stands_above_and_never_alone(
    newsroom: Newsroom, slot: Slot, ids: list[int], compose: Compose
) -> None:
    with newsroom.database.write() as tx:
        drafts.say(
            tx, slot.key, "Bonne foire à tous : Micronora ouvre mardi.", who="jeanne", now=newsroom.now
        )
    digest = compose()
    assert digest is not None
    text = digest_text(digest).replace("\u00a0", " ")
    assert text.index("Bonne foire à tous : Micronora") < text.index("L’ESSENTIEL")
    for id_ in ids:
        put(newsroom, slot, id_, drafts.REMOVE)
    assert compose() is None


def test_what_was_done_can_be_taken_back(
    newsroom: Newsroom, slot: Slot, ids: list[int], compose: Compose
) -> None:
    untouched = told(compose())
    for number, id_ in enumerate(ids):
        put(newsroom, slot, id_, (drafts.PROMOTE, drafts.DEMOTE, drafts.REMOVE)[number % 3])
    with newsroom.database.write() as tx:
        drafts.undo(tx, slot.key)
    assert told(compose()) == untouched


def test_an_edit_of_another_week_changes_nothing(
    newsroom: Newsroom, slot: Slot, ids: list[int], compose: Compose
) -> None:
    untouched = told(compose())
    put(newsroom, replace(slot, key="2026-W49"), ids[0], drafts.REMOVE)
    assert told(compose()) == untouched
