"""Full-text search, on both databases alike."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy import text as sql

from comtoise.model import Entry, Understanding
from comtoise.store import Database, articles, search, stories
from comtoise.store.articles import Found
from comtoise.store.search import terms
from comtoise.store.tables import ArticleRow
from support.stored import sector_match

Publish = Callable[..., int]


@pytest.fixture
def publish(desk: Database, now: datetime) -> Publish:
    """Store an article, an hour older each time, in a story of its own or in a given one."""
    count = 0

    def make(
        title: str, extract: str = "", *, story: int | None = None, worth: int = 1, source: str = "gazette"
    ) -> int:
        nonlocal count
        count += 1
        at, address = now - timedelta(hours=count), f"https://{source}.example/{count}"
        item = Found(
            entry=Entry(url=address, guid=None, title=title, published=at), canonical=address, address=address,
            extract=extract, text="Le mot secret.", wants_page=False,
        )  # fmt: skip
        with desk.write() as tx:
            (article,) = articles.keep(tx, source, [item], now=at, silent=False).new
            begun = story or stories.start(tx, seen=at, worth=worth, saga=None)
            articles.understood(
                tx, article, Understanding(matches=(sector_match(),), worth=worth), story_id=begun,
                because=None, features="{}", at=at,
            )  # fmt: skip
        return begun

    return make


def titles(desk: Database, question: str) -> list[str]:
    with desk.read() as tx:
        return [hit.title for hit in search.find(tx, question, limit=20).hits]


FINDING = (
    "decolletage", "DÉCOLLETAGE", "décolletages", "Décolleta*", "atelier de décolletage", "l’atelier", "orlova",
    "« atelier de décolletage »", '"atelier de decolletage"', "main d'oeuvre", "main d'œuvre", "cœur", "coeur", "40",
    "sous-traitance", "sous traitance", "machine", "Besançon", "ÀTELIERS", "usine-école",
)  # fmt: skip
NOT_FINDING = ("secret", "« décolletage atelier »", "atelier plasturgie", "letage", "lov*", '"orlov"')
NO_SYNTAX = (
    '"', '" OR "a', "title:x", "NEAR(a b)", "a* AND b", "(", ")", "a & !b", "a | b", "':*", "\\", "'; DROP TABLE x",
    "-a", "^a", "{a b}", "words : a", "\x00", "*", "", "   ", "😀", "« »", "a" * 5000, "a <-> b", "%s", ":asked", "İ",
)  # fmt: skip


def test_words_are_found_in_all_their_spellings(desk: Database, publish: Publish) -> None:
    publish(
        "À Besançon, l’atelier de Décolletage d’Orlova",
        "40 machines au cœur de l'usine-école : la main-d’œuvre vient de la sous-traitance.",
    )
    publish("Rien de tel ici")
    assert [question for question in FINDING if len(titles(desk, question)) != 1] == []
    assert [question for question in NOT_FINDING if titles(desk, question)] == []


def test_no_question_is_read_as_syntax(desk: Database, publish: Publish) -> None:
    publish("Un titre")
    assert [question for question in NO_SYNTAX if titles(desk, question)] == []


def test_a_story_is_found_once_the_newest_first_and_by_pages(desk: Database, publish: Publish) -> None:
    first = publish("Orlova ouvre un atelier")
    publish("Orlova embauche", story=first, source="radio")
    for number in range(4):
        publish(f"Orlova, épisode {number}")
    publish("Orlova gagne au football", worth=0)
    with desk.read() as tx:
        one = search.find(tx, "orlova", limit=3)
        two = search.find(tx, "orlova", limit=3, offset=3)
    assert one.total == two.total == 5
    assert [hit.title for hit in one.hits + two.hits] == [
        "Orlova embauche", "Orlova, épisode 0", "Orlova, épisode 1", "Orlova, épisode 2", "Orlova, épisode 3"
    ]  # fmt: skip
    assert (one.hits[0].story_id, one.hits[0].others, one.hits[0].source_name) == (first, 1, "Radio")


def test_the_index_follows_edits_and_erasure(desk: Database, publish: Publish, now: datetime) -> None:
    publish("Orlova ouvre un atelier")
    with desk.write() as tx:
        tx.execute(sql("UPDATE article SET title = 'Varlet ferme une fonderie'"))
    assert titles(desk, "orlova") == []
    assert titles(desk, "fonderie") == ["Varlet ferme une fonderie"]
    with desk.write() as tx:
        articles.forget_old(tx, before=now + timedelta(days=1))
    publish("Orlova revient")
    assert titles(desk, "fonderie") == []
    if desk.is_sqlite:
        with desk.write() as tx:  # raises when the index and the articles disagree
            tx.execute(sql("INSERT INTO article_search (article_search, rank) VALUES ('integrity-check', 1)"))


def test_postgresql_reads_its_index_and_not_every_article(desk: Database, publish: Publish) -> None:
    if desk.is_sqlite:
        pytest.skip("SQLite has no other way than its index")
    publish("Orlova ouvre un atelier")
    with desk.read() as tx:
        tx.execute(sql("SET LOCAL enable_seqscan = off"))
        query = select(ArticleRow.id).where(search._says(tx, terms("orlova")))
        compiled = query.compile(tx.get_bind())
        rows = tx.connection().exec_driver_sql(f"EXPLAIN {compiled}", dict(compiled.params))
        plan = "\n".join(row[0] for row in rows)
    assert "ix_article_search" in plan


def test_a_database_from_before_is_indexed_by_the_migration(database_url: str, now: datetime) -> None:
    from comtoise.store import schema

    database = Database.open(database_url)
    schema.upgrade(database._engine, "0008")
    with database.write() as tx:
        tx.execute(sql("INSERT INTO source (id, name, url, active, next_due_at, polls, failures)"
                       " VALUES ('g', 'G', 'u', true, '2026-11-25', 0, 0)"))  # fmt: skip
        story = tx.scalar(sql(
            "INSERT INTO story (first_seen, last_seen, worth) VALUES ('2026-11-25', '2026-11-25', 1) RETURNING id"
        ))  # fmt: skip
        tx.execute(
            sql(
                "INSERT INTO article (identity, source_id, title, extract, language, first_seen, paywalled, silent,"
                " page_state, page_attempts, worth, story_id) VALUES ('i', 'g', 'Décolletage', '', 'fr',"
                " '2026-11-25 00:00:00', false, false, 'none', 0, 1, :story)"
            ),
            {"story": story},
        )
    schema.upgrade(database._engine)
    assert titles(database, "decolletage") == ["Décolletage"]
    database.close()


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        pytest.param("usines", (("usines", "usine"),), id="forms"),
        pytest.param('"usines"', (("usines",),), id="quotes-keep-the-form"),
        pytest.param("de la", (("de",), ("la",)), id="small-words-alone-count"),
        pytest.param("micro*", (("micro*",),), id="beginning"),
        pytest.param("mi*", (("mi",),), id="too-short-a-beginning-is-a-word"),
        pytest.param("…", (), id="nothing"),
    ],
)
def test_terms(question: str, expected: tuple[tuple[str, ...], ...]) -> None:
    assert terms(question) == expected
