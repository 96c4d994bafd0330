"""When a redirect, a 404 or a 410 is believed: decisions alone, no network."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comtoise.store.addresses import NOWHERE_ELSE, Address
from comtoise_crawler.moves import (
    APART,
    CONFIRMATIONS,
    GONE_CONFIRMED,
    next_look,
    own_list,
    permanent_target,
    redirected,
    same_site,
    unreached,
    unread,
)

NOW = datetime(2026, 11, 25, 8, tzinfo=UTC)
CARD, NEW = "https://gazette.example/feed", "https://gazette.example/rss"


@pytest.mark.parametrize(
    ("statuses", "target"),
    [
        pytest.param((), None, id="no-redirect"),
        pytest.param((301,), "b", id="permanent"),
        pytest.param((308, 301), "c", id="permanent-twice"),
        pytest.param((301, 302), "b", id="then-temporary"),
        pytest.param((302, 301), None, id="temporary-first"),
        pytest.param((307,), None, id="temporary"),
        pytest.param(("meta refresh",), None, id="by-the-page"),
    ],
)
def test_a_chain_leads_for_good_up_to_its_first_temporary_step(
    statuses: tuple[int | str, ...], target: str | None
) -> None:
    hops = tuple(zip("abcdef", statuses, strict=False))
    assert permanent_target("a", hops, "abcdef"[len(statuses)]) == target


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param("http://gazette.fr/f", "https://www.gazette.fr/rss", True, id="www"),
        pytest.param("https://flux.gazette.fr/", "https://www.gazette.fr/", True, id="subdomain"),
        pytest.param("https://a.gouv.fr/", "https://b.gouv.fr/", False, id="public-suffix"),
        pytest.param("https://une.asso.fr/", "https://autre.asso.fr/", False, id="second-level"),
        pytest.param("https://gazette.fr/", "https://gazette.com/", False, id="other-ending"),
        pytest.param("http://127.0.0.1:1/", "http://127.0.0.1:2/", True, id="one-machine"),
        pytest.param("http://127.0.0.1/", "http://127.0.0.2/", False, id="two-machines"),
    ],
)
def test_a_site_is_its_registrable_domain(one: str, other: str, same: bool) -> None:
    assert same_site(one, other) is same
    assert same_site(other, one) is same


def test_another_site_is_the_source_when_half_of_its_list_is_known() -> None:
    elsewhere = "https://nouvelle-gazette.fr/rss"
    assert own_list(from_url="https://gazette.fr/rss", to_url=elsewhere, shown=4, known=2)
    assert not own_list(from_url="https://gazette.fr/rss", to_url=elsewhere, shown=5, known=2)
    assert not own_list(from_url="https://gazette.fr/rss", to_url=elsewhere, shown=0, known=0)
    assert own_list(from_url="https://gazette.fr/rss", to_url="https://www.gazette.fr/", shown=5, known=0)


@given(st.lists(st.integers(1, 2000), min_size=1, max_size=60))
def test_no_rhythm_of_polls_moves_a_source_in_less_than_a_day_or_three_polls(minutes: list[int]) -> None:
    address, now = NOWHERE_ELSE, NOW
    polls = 0
    for wait in minutes:
        address = redirected(address, card_url=CARD, target=NEW, taken=False, now=now)
        polls += 1
        if address.url == NEW:
            break
        now += timedelta(minutes=wait)
    if address.url == NEW:
        assert polls >= CONFIRMATIONS
        assert now - NOW >= timedelta(days=1)
    else:
        assert polls < CONFIRMATIONS or now - NOW < (CONFIRMATIONS - 1) * (APART + timedelta(minutes=2000))


def test_a_redirect_that_ends_or_changes_starts_again() -> None:
    pending = Address(move_to=NEW, move_seen=2, move_first_at=NOW, move_last_at=NOW)
    later = NOW + timedelta(days=2)
    assert redirected(pending, card_url=CARD, target=None, taken=False, now=later) == NOWHERE_ELSE
    other = redirected(pending, card_url=CARD, target=NEW + "2", taken=False, now=later)
    assert (other.move_to, other.move_seen) == (NEW + "2", 1)


def test_a_move_back_to_the_card_leaves_nothing_behind() -> None:
    moved = Address(url=NEW, how="moved", move_to=CARD, move_seen=2, move_first_at=NOW, move_last_at=NOW)
    assert redirected(moved, card_url=CARD, target=CARD, taken=False, now=NOW + APART) == NOWHERE_ELSE


def test_a_410_settles_the_matter_after_a_day_and_any_good_poll_unsettles_it() -> None:
    first = unread(NOWHERE_ELSE, 410, NOW)
    assert (first.retired_at, first.gone_at) == (NOW, None)
    assert unread(first, 410, NOW + timedelta(hours=23)).gone_at is None
    gone = unread(first, 410, NOW + GONE_CONFIRMED)
    assert gone.gone_at == NOW + GONE_CONFIRMED
    assert unread(gone, 404, NOW + timedelta(days=9)).gone_at == gone.gone_at
    assert redirected(gone, card_url=CARD, target=None, taken=False, now=NOW) == NOWHERE_ELSE
    assert unread(first, 404, NOW + GONE_CONFIRMED).retired_at is None, "it changed its mind"


@pytest.mark.parametrize("status", [403, 429, 500, 503])
def test_a_server_in_trouble_teaches_nothing_of_the_address(status: int) -> None:
    address = Address(move_to=NEW, move_seen=1, retired_at=NOW)
    assert unread(address, status, NOW) == address


@given(st.integers(0, 10**9), st.text(max_size=20))
def test_a_source_that_is_gone_is_looked_at_weekly_and_never_dropped(seconds: int, source_id: str) -> None:
    now = NOW + timedelta(seconds=seconds)
    retired = Address(retired_at=now)
    gone = replace(retired, gone_at=now)
    assert next_look(NOWHERE_ELSE, source_id, now) is None
    tomorrow, next_week = next_look(retired, source_id, now), next_look(gone, source_id, now)
    assert tomorrow is not None
    assert next_week is not None
    assert timedelta(days=1) <= tomorrow - now <= timedelta(hours=26)
    assert timedelta(days=7) <= next_week - now <= timedelta(days=8)


def test_only_a_found_address_gives_way_when_it_is_out_of_reach() -> None:
    assert unreached(Address(url=NEW, how="moved"), 4).url == NEW
    assert unreached(Address(url=NEW, how="moved"), 5) == NOWHERE_ELSE
    pending = Address(move_to=NEW, move_seen=2)
    assert unreached(pending, 50) == pending
