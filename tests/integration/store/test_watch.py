"""Who follows a story: the index finds those whom the rule finds, on both databases."""

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comtoise.digests import fits
from comtoise.model import Channel, Match, Rhythm, Story, Subscription, TopicKind
from comtoise.store import Database, readers, watch
from unit.digests.made import make_story

TOPICS = ("un", "deux", "trois")
NAMES = st.frozensets(st.sampled_from(TOPICS), max_size=2)
SUBSCRIPTIONS = st.builds(
    Subscription,
    reader_id=st.just(0),
    sectors=NAMES,
    clusters=NAMES,
    signals=NAMES,
    companies=NAMES,
    words=NAMES,
    exclusions=st.frozensets(st.sampled_from(TOPICS), max_size=1),
    departements=NAMES,
    rhythms=st.frozensets(st.sampled_from(list(Rhythm)), min_size=1),
    worth_min=st.integers(1, 2),
)
STORIES = st.builds(
    lambda topics, worth: replace(
        make_story(worth=worth),
        matches=tuple(
            Match(kind=kind, topic=topic, score=1.0, evidence=(), label=topic)
            for kind, topic in sorted(topics)
        ),
    ),
    topics=st.frozensets(st.tuples(st.sampled_from(list(TopicKind)), st.sampled_from(TOPICS)), max_size=6),
    worth=st.integers(0, 2),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wanted=st.lists(SUBSCRIPTIONS, max_size=8), story=STORIES)
def test_the_index_finds_whom_the_rule_finds(
    desk: Database, now: datetime, wanted: list[Subscription], story: Story
) -> None:
    with desk.read() as tx:  # nothing is kept
        kept = []
        for number, each in enumerate(wanted):
            reader, _new = readers.register(tx, Channel.CONSOLE, str(number), now=now)
            kept.append(replace(each, reader_id=reader.id))
            readers.save(tx, kept[-1])
        found = list(watch.followers(tx, story))
        assert [readers.subscription(tx, each.reader_id) for each in kept] == kept
    assert found == sorted(s.reader_id for s in kept if Rhythm.INSTANT in s.rhythms and fits(story, s))


def test_a_reader_who_chooses_again_stands_at_no_old_door(desk: Database, now: datetime) -> None:
    story = make_story("s", "sector:bois", "departement:39")
    at_once = frozenset({Rhythm.INSTANT})
    with desk.write() as tx:
        reader, _new = readers.register(tx, Channel.CONSOLE, "a", now=now)
        readers.save(tx, Subscription(reader_id=reader.id, sectors=frozenset({"bois"}), rhythms=at_once))
        assert list(watch.followers(tx, story)) == [reader.id]
        readers.save(tx, Subscription(reader_id=reader.id, departements=frozenset({"25"}), rhythms=at_once))
        assert list(watch.followers(tx, story)) == []


@pytest.mark.parametrize("rhythms", [frozenset({Rhythm.INSTANT}), frozenset({Rhythm.DAILY})])
def test_a_newcomer_of_alerts_is_found(desk: Database, now: datetime, rhythms: frozenset[Rhythm]) -> None:
    with desk.write() as tx:
        newcomer = readers.Newcomer(rhythms=rhythms)
        reader, _new = readers.register(tx, Channel.CONSOLE, "a", now=now, newcomer=newcomer)
        found = list(watch.followers(tx, make_story("s", "sector:bois")))
    assert found == [reader.id] * (Rhythm.INSTANT in rhythms)
