"""Which sitemaps of an index are read at a poll."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from comtoise.store.known import ReadSitemap
from comtoise_crawler.reading import Child
from comtoise_crawler.sitemaps import AT_ONCE, choose

NOW = datetime(2026, 11, 25, 8, tzinfo=UTC)


def child(name: str, day: int | None = None, hours: bool = True) -> Child:
    if day is None:
        return Child(name)
    moment = datetime(2026, 11, day, tzinfo=UTC)
    return Child(name, f"2026-11-{day:02}T00:00:00Z" if hours else f"2026-11-{day:02}", moment)


def read(lastmod: str | None, days_ago: float = 1, newest: datetime | None = None) -> ReadSitemap:
    return ReadSitemap(lastmod=lastmod, read_at=NOW - timedelta(days=days_ago), newest=newest)


def test_what_did_not_change_is_left() -> None:
    children = [child("a", 10), child("b", 11)]
    before = {"a": read("2026-11-10T00:00:00Z"), "b": read("2026-11-10T00:00:00Z")}
    assert [found.url for found in choose(children, before)] == ["b"]


def test_a_date_without_hours_may_hide_a_change_of_the_same_day() -> None:
    today, old = child("a", 25, hours=False), child("b", 10, hours=False)
    before = {"a": read("2026-11-25", days_ago=0), "b": read("2026-11-10", days_ago=1)}
    assert [found.url for found in choose([today, old], before)] == ["a"]


def test_of_equal_dates_the_one_with_the_newest_entries_comes_first() -> None:
    children = [child(name, 25) for name in "abc"]
    before = {
        "a": read(None, newest=NOW - timedelta(days=90)),
        "b": read(None, newest=NOW - timedelta(days=1)),
        "c": read(None, newest=NOW - timedelta(days=30)),
    }
    assert [found.url for found in choose(children, before)] == ["b", "c", "a"]


@given(st.integers(1, 40))
def test_every_sitemap_has_its_turn_whatever_the_index_says(count: int) -> None:
    children = [child(f"{n}", 25) for n in range(count)]
    before: dict[str, ReadSitemap] = {}
    for poll in range(count):
        chosen = choose(children, before)
        assert len(chosen) <= AT_ONCE
        for found in chosen:
            at = NOW + timedelta(hours=poll)
            before[found.url] = ReadSitemap(lastmod="another", read_at=at, newest=at)
    assert set(before) == {found.url for found in children}


def test_an_address_that_no_index_would_give_is_left() -> None:
    assert choose([child("https://gazette.example/" + "a" * 600)], {}) == []
