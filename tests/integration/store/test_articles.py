"""Identity of articles: nothing lost, nothing twice (faults 14 to 19 of a poller's life)."""

from datetime import datetime, timedelta

import pytest

from comtoise.model import Entry, Page
from comtoise.store import Database, articles, stories
from support.stored import found


def keep(desk: Database, now: datetime, *items: articles.Found, source: str = "gazette") -> articles.Kept:
    with desk.write() as tx:
        return articles.keep(tx, source, items, now=now, silent=False)


def test_the_same_entry_at_the_next_poll_is_not_new(desk: Database, now: datetime) -> None:
    assert len(keep(desk, now, found(1), found(2)).new) == 2
    assert keep(desk, now + timedelta(hours=1), found(1), found(2)) == articles.Kept(new=(), edited=())


def test_the_same_address_in_two_sources_is_one_article(desk: Database, now: datetime) -> None:
    keep(desk, now, found(1))
    assert keep(desk, now, found(1, guid="other"), source="radio").new == ()


def test_an_edited_title_updates_and_is_read_again(desk: Database, now: datetime) -> None:
    (article_id,) = keep(desk, now, found(1)).new
    kept = keep(desk, now, found(1, title="Titre corrigé"))
    assert (kept.new, kept.edited) == ((), (article_id,))
    with desk.read() as tx:
        (pending,) = articles.pending(tx, now, limit=10)
    assert pending.article.title == "Titre corrigé"


def test_one_guid_for_all_entries_loses_none(desk: Database, now: datetime) -> None:
    assert len(keep(desk, now, *(found(n, guid="same") for n in range(5))).new) == 5


def test_a_reused_guid_with_other_words_is_a_new_article(desk: Database, now: datetime) -> None:
    keep(desk, now, found(1, guid="slot-1"))
    assert len(keep(desk, now, found(2, guid="slot-1")).new) == 1


def test_a_guid_that_changes_at_each_fetch_is_not_new(desk: Database, now: datetime) -> None:
    keep(desk, now, found(1, guid="a"))
    assert keep(desk, now, found(1, guid="b")).new == ()


def test_a_page_that_moved_with_its_guid_and_words_is_the_same_article(desk: Database, now: datetime) -> None:
    keep(desk, now, found(1))
    assert keep(desk, now, found(1, url="https://neuf.example/1")).new == ()


def test_an_entry_without_address_is_kept_once(desk: Database, now: datetime) -> None:
    bare = articles.Found(
        entry=Entry(url=None, guid=None, title="Sans adresse"),
        canonical=None,
        address=None,
        extract="",
        text="",
        wants_page=False,
    )
    assert len(keep(desk, now, bare).new) == 1
    assert keep(desk, now, bare).new == ()


def test_an_article_waits_for_its_page_but_not_for_ever(desk: Database, now: datetime) -> None:
    keep(desk, now, found(1, wants_page=True))
    with desk.read() as tx:
        assert articles.pending(tx, now, limit=10) == []
        assert len(articles.pending(tx, now + articles.PAGE_PATIENCE, limit=10)) == 1


def test_a_page_completes_what_the_source_listed(desk: Database, now: datetime) -> None:
    (article_id,) = keep(desk, now, found(1, wants_page=True)).new
    page = Page(canonical_url=None, title="Autre titre", text="Un texte bien plus long.", published=now)
    with desk.write() as tx:
        (job,) = articles.pages_due(tx, now, limit=5)
        articles.page_read(tx, job.article_id, page)
    with desk.read() as tx:
        (pending,) = articles.pending(tx, now, limit=5)
        assert articles.pages_due(tx, now, limit=5) == []
    assert pending.article.id == str(article_id)
    assert (pending.article.title, pending.article.text) == ("Titre 1", "Un texte bien plus long.")
    assert pending.article.published == now


def test_a_page_that_fails_is_tried_again_then_given_up(desk: Database, now: datetime) -> None:
    (article_id,) = keep(desk, now, found(1, wants_page=True)).new
    for _ in range(articles.PAGE_ATTEMPTS_MAX):
        with desk.write() as tx:
            assert articles.pages_due(tx, now, limit=5)
            articles.page_failed(tx, article_id, retry_at=now)
    with desk.read() as tx:
        assert articles.pages_due(tx, now, limit=5) == []
        assert len(articles.pending(tx, now, limit=5)) == 1


def test_texts_are_forgotten_once_understood_and_old(desk: Database, now: datetime, make_story) -> None:  # type: ignore[no-untyped-def]
    make_story(1)
    keep(desk, now, found(2))
    later = now + timedelta(hours=73)
    with desk.write() as tx:
        assert articles.forget_texts(tx, before=later, except_sources=["gazette"]) == 0
        assert articles.forget_texts(tx, before=later, except_sources=[]) == 1
    with desk.read() as tx:
        assert [p.article.text for p in articles.pending(tx, later, limit=5)] == ["Texte 2"]


@pytest.mark.parametrize("silent", [True, False], ids=["first-poll", "later-poll"])
def test_what_the_first_poll_found_is_marked(desk: Database, now: datetime, silent: bool) -> None:
    with desk.write() as tx:
        articles.keep(tx, "gazette", [found(1)], now=now, silent=silent)
        (pending,) = articles.pending(tx, now, limit=5)
    assert pending.silent is silent


def test_old_articles_go_with_their_stories(desk: Database, now: datetime, make_story) -> None:  # type: ignore[no-untyped-def]
    make_story(1)
    with desk.write() as tx:
        assert articles.forget_old(tx, before=now) == 0
        assert articles.forget_old(tx, before=now + timedelta(days=1)) == 1
        assert stories.between(tx, now - timedelta(days=1), now + timedelta(days=1)) == []


def test_entries_that_all_link_to_one_address_stay_apart(desk: Database, now: datetime) -> None:
    home = [found(n, url="https://gazette.example/") for n in range(5)]
    assert len(keep(desk, now, *home).new) == 5
    assert keep(desk, now, *home).new == ()


def test_a_source_without_titles_takes_none_away(desk: Database, now: datetime) -> None:
    (article_id,) = keep(desk, now, found(1)).new
    bare = articles.Found(
        entry=Entry(url="https://gazette.example/1", guid=None, title=""),
        canonical="https://gazette.example/1",
        address="https://gazette.example/1",
        extract="",
        text="",
        wants_page=True,
    )
    assert keep(desk, now, bare) == articles.Kept(new=(), edited=())
    with desk.read() as tx:
        (pending,) = articles.pending(tx, now, limit=5)
    assert (pending.article.id, pending.article.title) == (str(article_id), "Titre 1")


def test_a_guid_longer_than_an_index_holds_is_kept_and_known_again(desk: Database, now: datetime) -> None:
    long = found(1, guid="g" * 9000, url="https://gazette.example/" + "a" * 5000)
    assert len(keep(desk, now, long).new) == 1
    assert keep(desk, now, long).new == ()


def test_a_page_that_came_late_is_understood(desk: Database, now: datetime, make_story) -> None:  # type: ignore[no-untyped-def]
    make_story(1)
    with desk.write() as tx:
        articles.page_read(
            tx, 1, Page(canonical_url=None, title="", text="Un texte bien plus long qu’avant.")
        )
        (pending,) = articles.pending(tx, now, limit=5)
    assert pending.article.text.startswith("Un texte bien plus long")
