"""Where sources are and what of them is known, on both databases."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from comtoise.model import Entry, ListingSelectors, SourceKind
from comtoise.store import Database, addresses, articles, known, sources
from comtoise.store.addresses import NOWHERE_ELSE, Address
from support.stored import card, found

NEW = "https://gazette.example/rss"


def state(desk: Database, source_id: str = "gazette") -> sources.PollState:
    with desk.read() as tx:
        return next(found for found in sources.states(tx) if found.source_id == source_id)


def polled(desk: Database, at: datetime, address: Address | None, **more: object) -> None:
    with desk.write() as tx:
        outcome = sources.PollOutcome(
            source_id="gazette", at=at, next_due_at=at, ok=True, address=address, **more  # type: ignore[arg-type]
        )  # fmt: skip
        sources.record(tx, outcome)


@pytest.fixture
def whole(now: datetime) -> Address:
    return Address(
        url=NEW,
        kind=SourceKind.FEED,
        how="announced",
        found_at=now,
        looked_at=now,
        move_to="https://gazette.example/rss2",
        move_seen=2,
        move_first_at=now,
        move_last_at=now + timedelta(hours=12),
        retired_at=now,
        gone_at=now + timedelta(days=1),
    )


def test_all_that_is_known_of_an_address_comes_back(desk: Database, now: datetime, whole: Address) -> None:
    assert state(desk).address == NOWHERE_ELSE
    polled(desk, now, whole)
    assert (state(desk).address, state(desk).url) == (whole, NEW)
    polled(desk, now, None)
    assert state(desk).address == whole, "a poll that taught nothing of it changes nothing"
    polled(desk, now, NOWHERE_ELSE)
    assert (state(desk).address, state(desk).url) == (NOWHERE_ELSE, "https://gazette.example/feed")


@pytest.mark.parametrize("name", ["move_to", "retired_at", "gone_at", "looked_at"])
def test_each_thing_known_is_kept_by_itself(desk: Database, now: datetime, whole: Address, name: str) -> None:
    how = "none" if name == "looked_at" else None
    address = replace(NOWHERE_ELSE, how=how, **{name: getattr(whole, name)})
    polled(desk, now, address)
    assert state(desk).address == address


def test_validators_belong_to_the_address_that_gave_them(desk: Database, now: datetime) -> None:
    polled(desk, now, None, etag='"old"')
    polled(desk, now, Address(url=NEW, how="moved", found_at=now), etag='"new"')
    assert state(desk).etag == '"new"'
    with desk.write() as tx:
        failed = sources.PollOutcome(
            source_id="gazette", at=now, next_due_at=now, ok=False, address=NOWHERE_ELSE
        )
        sources.record(tx, failed)
    assert state(desk).etag is None


def test_what_a_person_says_of_the_address_counts(desk: Database, now: datetime, whole: Address) -> None:
    moved = card(url="https://gazette.example/nouveau")
    picky = replace(card(), kind=SourceKind.LISTING, selectors=ListingSelectors(item="h2"))
    for said in (moved, picky):
        with desk.write() as tx:
            sources.sync_cards(tx, [card(), card("radio", "https://radio.example/rss")], now)
        polled(desk, now, whole)
        with desk.write() as tx:
            known.keep_listed(tx, "gazette", [Entry(url=NEW, guid=None, title="")])
            sources.sync_cards(tx, [said, card("radio", "https://radio.example/rss")], now)
            assert len(known.unlisted(tx, "gazette", [Entry(url=NEW, guid=None, title="")])) == 1
        assert (state(desk).address, state(desk).url) == (NOWHERE_ELSE, said.url)


@pytest.mark.parametrize(
    ("url", "is_taken"),
    [
        pytest.param("https://gazette.example/feed", True, id="its-card"),
        pytest.param(NEW, True, id="found"),
        pytest.param("http://www.gazette.example/rss", True, id="another-spelling"),
        pytest.param("https://gazette.example/rss2", True, id="sent-there"),
        pytest.param("https://radio.example/rss", False, id="ones-own"),
        pytest.param("https://gazette.example/autre", False, id="nobodys"),
    ],
)
def test_an_address_has_one_source(
    desk: Database, now: datetime, whole: Address, url: str, is_taken: bool
) -> None:
    polled(desk, now, whole)
    with desk.read() as tx:
        assert addresses.taken(tx, "radio", url) is is_taken


def test_a_source_that_left_keeps_no_address_from_others(desk: Database, now: datetime) -> None:
    with desk.write() as tx:
        sources.sync_cards(tx, [card("radio", "https://radio.example/rss")], now)
        assert not addresses.taken(tx, "radio", "https://gazette.example/feed")


def test_entries_are_known_by_guid_address_or_title(desk: Database, now: datetime) -> None:
    with desk.write() as tx:
        kept = [
            found(1),
            found(2),
            found(3, title="Une presse"),
        ]
        articles.keep(tx, "gazette", kept, now=now, silent=True)
        shown = [
            Entry(url="https://neuve.example/1", guid="g1", title="Autre titre"),
            Entry(url="http://www.gazette.example/2", guid="changé", title=""),
            Entry(url="https://neuve.example/3", guid="neuf", title="Une presse"),
            Entry(url="https://neuve.example/4", guid=None, title="Inconnu"),
        ]
        assert known.entries(tx, "gazette", shown) == {0, 1}
        assert known.entries(tx, "gazette", shown, by_title=True) == {0, 1, 2}
        assert known.entries(tx, "radio", shown, by_title=True) == frozenset()
        assert (known.anything(tx, "gazette"), known.anything(tx, "radio")) == (True, False)


def test_a_guid_that_several_entries_share_makes_none_known(desk: Database, now: datetime) -> None:
    with desk.write() as tx:
        articles.keep(tx, "gazette", [found(1, guid="x")], now=now, silent=True)
        shown = [Entry(url=f"https://neuve.example/{n}", guid="x", title="") for n in (7, 8)]
        assert known.entries(tx, "gazette", shown) == frozenset()


def test_a_moved_site_keeps_its_articles_by_their_titles(desk: Database, now: datetime) -> None:
    new = "https://neuve.example"
    with desk.write() as tx:
        before = [found(n) for n in (1, 2)] + [found(n, title="Offre d’emploi") for n in (3, 4)]
        articles.keep(tx, "gazette", before, now=now, silent=True)
        moved = [found(n, guid=f"n{n}", url=f"{new}/{n}") for n in (1, 2)]
        moved += [found(n, guid=f"n{n}", url=f"{new}/{n}", title="Offre d’emploi") for n in (3, 4)]
        kept = articles.keep(
            tx, "gazette", known.by_title(tx, "gazette", moved, since=now), now=now, silent=False
        )
        assert len(kept.new) == 2, "a title that two articles have says nothing"
        again = articles.keep(
            tx, "gazette", known.by_title(tx, "gazette", moved, since=now), now=now, silent=False
        )
        assert again.new == ()


def test_an_address_that_a_sitemap_lists_is_new_once(desk: Database) -> None:
    listed = [Entry(url=f"https://gazette.example/{n}", guid=None, title="") for n in range(1000)]
    same = Entry(url="http://www.gazette.example/7/", guid=None, title="")
    with desk.write() as tx:
        assert known.unlisted(tx, "gazette", [*listed, listed[0]]) == listed
        known.keep_listed(tx, "gazette", listed)
        new = Entry(url="https://gazette.example/neuf", guid=None, title="")
        assert known.unlisted(tx, "gazette", [*listed, same, new]) == [new]
        assert known.unlisted(tx, "radio", [new]) == [new]


def test_sitemaps_are_remembered_as_they_were_read(desk: Database, now: datetime) -> None:
    first = known.ReadSitemap(lastmod="2026-11-25", read_at=now, newest=None)
    second = replace(first, lastmod=None, newest=now)
    with desk.write() as tx:
        known.keep_sitemaps(tx, "gazette", {"a": first, "b": first})
        known.keep_sitemaps(tx, "gazette", {"a": second})
    with desk.read() as tx:
        assert known.sitemaps(tx, "gazette") == {"a": second, "b": first}
