"""Statements handed to the driver: the same values, the same order, the same refusals as through SQLAlchemy."""

from collections.abc import Callable
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import bindparam, insert, select, update

from comtoise.errors import DataRefusedError, StorageError
from comtoise.store import Database, stories
from comtoise.store.prepared import Among, Prepared, packed, written
from comtoise.store.tables import ArticleRow, Base, MarkRow, MatchRow, StoryRow

MARKS = Base.metadata.tables[MarkRow.__tablename__]
STORIES = Base.metadata.tables[StoryRow.__tablename__]
ARTICLES = Base.metadata.tables[ArticleRow.__tablename__]
MATCHES = Base.metadata.tables[MatchRow.__tablename__]

add_mark = Prepared(insert(MARKS), "name", "at")
add_story = Prepared(insert(STORIES).returning(STORIES.c.id), "first_seen", "last_seen", "worth", "saga")
read_mark = Prepared(select(MARKS.c.name, MARKS.c.at).where(MARKS.c.name == bindparam("of")))
move_mark = Prepared(update(MARKS).where(MARKS.c.name == bindparam("of")), "at")


def test_a_moment_comes_back_aware_in_utc_wherever_it_was_said(database: Database, now: datetime) -> None:
    there = now.astimezone(timezone(timedelta(hours=11)))
    with database.write() as tx:
        add_mark.run(tx, {"name": "settled", "at": there})
        assert tx.get_one(MarkRow, "settled").at == now, "as SQLAlchemy reads it"
    with database.read() as tx:
        assert read_mark.row(tx, {"of": "settled"}) == ("settled", now)
        assert read_mark.row(tx, {"of": "unheard"}) is None
    with pytest.raises(ValueError, match="naive"), database.write() as tx:
        add_mark.run(tx, {"name": "naive", "at": now.replace(tzinfo=None)})


def test_many_rows_and_changes(database: Database, now: datetime) -> None:
    with database.write() as tx:
        add_mark.run(tx, [{"name": name, "at": now} for name in "abc"])
        move_mark.run(tx, {"of": "b", "at": now + timedelta(days=1)})
        found = tx.scalars(select(MarkRow).order_by(MarkRow.at, MarkRow.name)).all()
    assert [row.name for row in found] == ["a", "c", "b"]


def test_what_was_changed_through_the_session_is_seen(database: Database, now: datetime) -> None:
    with database.write() as tx:
        tx.add(MarkRow(name="fresh", at=now))
        assert read_mark.row(tx, {"of": "fresh"}) == ("fresh", now)


def test_documents_are_values_of_the_model(desk: Database, make_story: Callable[..., int]) -> None:
    story_id = make_story(1)
    read = Prepared(
        select(MATCHES.c.evidence, MATCHES.c.slots, ARTICLES.c.first_seen)
        .join(ARTICLES, ARTICLES.c.id == MATCHES.c.article_id)
        .where(ARTICLES.c.story_id == bindparam("of"))
    )
    with desk.read() as tx:
        (story,) = stories.load(tx, [story_id])
        (match,) = story.matches
        assert read.rows(tx, {"of": story_id}) == [(match.evidence, match.slots, story.lead.first_seen)]


def test_a_list_of_any_length_is_one_parameter(database: Database, now: datetime) -> None:
    begun = {"first_seen": now, "last_seen": now, "worth": 1, "saga": None}
    with database.write() as tx:
        ids = [add_story.rows(tx, begun)[0][0] for _ in range(3)]
        among = written(tx, "SELECT id FROM story WHERE id {among} ORDER BY id")
        listed = written(tx, "SELECT wanted.value FROM {list} AS wanted ORDER BY 1")
        for wanted in ([], ids[:1], [*ids, 2**62], list(range(20_000, 22_000))):
            assert among.rows(tx, {"ids": packed(tx, wanted)}) == [(id_,) for id_ in ids if id_ in wanted]
            assert listed.rows(tx, {"ids": packed(tx, wanted)}) == [(each,) for each in sorted(wanted)]


def test_any_number_of_values_is_asked_in_lots(database: Database, now: datetime) -> None:
    of_names = Among(
        lambda asked: select(MARKS.c.name).where(MARKS.c.name.in_(asked), MARKS.c.at >= bindparam("since"))
    )
    names = ["a", "b’", "c\n"]
    with database.write() as tx:
        add_mark.run(tx, [{"name": name, "at": now} for name in names])
        for wanted in ([], names[:1], names, [*names, *map(str, range(500))], [*map(str, range(400)), "a"]):
            found = [name for (name,) in of_names.rows(tx, wanted, since=now)]
            assert sorted(found) == [name for name in names if name in wanted]
            assert list(of_names.rows(tx, wanted, since=now + timedelta(days=1))) == []


def test_a_value_that_the_statement_has_need_not_be_given(database: Database, now: datetime) -> None:
    settled = Prepared(select(MARKS.c.at).where(MARKS.c.name == "settled").limit(bindparam("most")))
    with database.write() as tx:
        add_mark.run(tx, [{"name": name, "at": now} for name in ("other", "settled")])
        assert settled.rows(tx, {"most": 5}) == [(now,)]


def test_a_refusal_is_that_of_the_database(database: Database, now: datetime) -> None:
    with pytest.raises(DataRefusedError), database.write() as tx:
        add_mark.run(tx, [{"name": "twice", "at": now}] * 2)
    with pytest.raises(StorageError, match="nowhere") as refused, database.write() as tx:
        written(tx, "SELECT id FROM nowhere WHERE id {among}").rows(tx, {"ids": packed(tx, [77_123])})
    assert "77123" not in str(refused.value), "parameters are not told"
    with database.read() as tx:
        assert read_mark.row(tx, {"of": "twice"}) is None, "nothing of it was written"
