"""Stories split and merged by hand: remembered, never undone by grouping, and nothing is sent again."""

import pytest

from comtoise.errors import InputError
from comtoise.model import DeliveryKind, DeliveryState
from comtoise.store import articles, outbox, stories, verdicts
from support.newsroom import DAY, HOUR, Newsroom, entry

TITLE = "Plasturgie : Moulabelle investit 6 M€ et embauche vingt régleurs à Oyonnax"
TEXT = (
    "À Oyonnax (Ain), le plasturgiste Moulabelle investit 6 millions d’euros dans quatre presses à injecter. "
    "Vingt régleurs seront embauchés d’ici au printemps, annonce l’entreprise de plasturgie."
)
OTHER = "L’injection plastique de Moulabelle : six millions d’euros et vingt embauches à Oyonnax"
ELSEWHERE = entry(
    "https://gazette.example/77",
    "Horlogerie : Horlimont ouvre un atelier de polissage à Besançon",
    "À Besançon (Doubs), le fabricant de composants horlogers Horlimont ouvre un atelier de polissage.",
)


def two_outlets(newsroom: Newsroom) -> tuple[int, dict[str, int]]:
    """One story of two articles, alerted and sent; its id, and its articles by source."""
    newsroom.lists("gazette", entry("https://gazette.example/1", TITLE, TEXT))
    newsroom.understands()
    newsroom.sends()
    newsroom.now += HOUR
    newsroom.lists("radio", entry("https://radio.example/9", OTHER, TEXT))
    newsroom.understands()
    newsroom.sends()
    (story,) = newsroom.stories()
    return int(story.id), {each.source_id: int(each.article_id) for each in (story.lead, *story.others)}


def split(newsroom: Newsroom) -> tuple[int, int]:
    story_id, members = two_outlets(newsroom)
    with newsroom.database.write() as tx:
        return story_id, verdicts.split(tx, story_id, [members["radio"]], now=newsroom.now)


def test_a_split_makes_two_stories_and_sends_nothing_again(newsroom: Newsroom) -> None:
    newsroom.reader()
    story_id, made = split(newsroom)
    with newsroom.database.read() as tx:
        left, taken = stories.load(tx, [story_id, made])
    assert (left.lead.source_id, left.others) == ("gazette", ())
    assert (taken.lead.source_id, taken.others, taken.lead.because) == ("radio", (), None)
    assert [each.kind for each in newsroom.sends()] == [DeliveryKind.UPDATE], (
        "the message forgets the other outlet"
    )
    newsroom.lists("gazette", entry("https://gazette.example/3", OTHER, TEXT))
    newsroom.understands()
    assert newsroom.asked(DeliveryKind.ALERT) == 2, (
        "the one sent, and the mark that it told what was split off"
    )
    assert DeliveryKind.ALERT not in [each.kind for each in newsroom.sends()]


def test_a_copy_of_what_was_split_off_never_comes_back_to_the_story(newsroom: Newsroom) -> None:
    story_id, made = split(newsroom)
    newsroom.now += HOUR
    newsroom.lists("gazette", entry("https://gazette.example/5", OTHER, TEXT))
    newsroom.understands()
    with newsroom.database.read() as tx:
        left, taken = stories.load(tx, [story_id, made])
        assert verdicts.kept_apart(tx, [story_id, made, 999]) == {(story_id, made)}
    assert len(left.others) == 0
    assert [other.url for other in taken.others] == ["https://gazette.example/5"]


def test_an_article_split_off_keeps_its_story_when_it_is_edited(newsroom: Newsroom) -> None:
    story_id, made = split(newsroom)
    newsroom.lists("radio", entry("https://radio.example/9", TITLE, TEXT))
    assert newsroom.understands().articles == 1
    with newsroom.database.read() as tx:
        assert [len(story.others) for story in stories.load(tx, [story_id, made])] == [0, 0]


def test_a_split_is_undone_by_hand_only(newsroom: Newsroom) -> None:
    newsroom.reader()
    story_id, made = split(newsroom)
    with newsroom.database.write() as tx:
        verdicts.merge(tx, story_id, made, now=newsroom.now)
    with newsroom.database.read() as tx:
        (story,) = stories.load(tx, [story_id, made])
        assert verdicts.kept_apart(tx, [story_id, made]) == frozenset()
    assert [other.source_id for other in story.others] == ["radio"]
    assert DeliveryKind.ALERT not in [each.kind for each in newsroom.sends()]


def test_merged_stories_are_one_for_what_comes_next_and_for_who_was_told(newsroom: Newsroom) -> None:
    """A reader told of one of the two is not told of what they are together; one told of none is."""
    watchmaker = newsroom.reader("102", sectors=frozenset({"horlogerie-luxe"}))
    newsroom.lists("gazette", entry("https://gazette.example/1", TITLE, TEXT), ELSEWHERE)
    newsroom.understands()
    assert [each.reader.id for each in newsroom.sends()] == [watchmaker]
    first, second = newsroom.stories()
    moulder = newsroom.reader("103", sectors=frozenset({"plasturgie"}))
    with newsroom.database.write() as tx:
        verdicts.merge(tx, int(first.id), int(second.id), now=newsroom.now)
    newsroom.sends()
    newsroom.now += HOUR
    newsroom.lists("radio", entry("https://radio.example/8", f"{ELSEWHERE.title} (vidéo)", ELSEWHERE.summary))
    assert newsroom.understands().stories == 0
    (story,) = newsroom.stories()
    assert story.id == first.id
    assert len(story.others) == 2
    alerts = [each.reader.id for each in newsroom.sends() if each.kind is DeliveryKind.ALERT]
    assert alerts == [moulder]


def test_of_two_alerts_still_waiting_a_merge_leaves_one(newsroom: Newsroom) -> None:
    newsroom.reader()
    newsroom.lists("gazette", entry("https://gazette.example/1", TITLE, TEXT), ELSEWHERE)
    newsroom.understands()
    first, second = newsroom.stories()
    with newsroom.database.write() as tx:
        verdicts.merge(tx, int(first.id), int(second.id), now=newsroom.now)
        merged = outbox.lines(tx, states=[DeliveryState.MERGED])
    assert [line.reason for line in merged] == ["merged"]
    assert len(newsroom.sends()) == 1


def test_a_message_about_a_merged_story_outlives_it(newsroom: Newsroom) -> None:
    newsroom.lists("gazette", entry("https://gazette.example/1", TITLE, TEXT), ELSEWHERE)
    newsroom.understands()
    first, second = (int(story.id) for story in newsroom.stories())
    with newsroom.database.write() as tx:
        verdicts.merge(tx, first, second, now=newsroom.now)
    with newsroom.database.write() as tx:
        articles.forget_old(tx, before=newsroom.now - DAY)
        assert [story.id for story in stories.load(tx, [second])] == [str(first)]
    with newsroom.database.write() as tx:
        articles.forget_old(tx, before=newsroom.now + DAY)
        assert stories.load(tx, [first, second]) == []
        with pytest.raises(InputError, match="pas d’histoire"):
            verdicts.merge(tx, first, second, now=newsroom.now)


def test_what_cannot_be_split_or_merged_is_one_sentence(newsroom: Newsroom) -> None:
    story_id, members = two_outlets(newsroom)
    with newsroom.database.write() as tx:
        for chosen, words in (
            (list(members.values()), "il doit en rester"),
            ([], "il doit en rester"),
            ([999], "n’est pas dans"),
        ):
            with pytest.raises(InputError, match=words):
                verdicts.split(tx, story_id, chosen, now=newsroom.now)
        with pytest.raises(InputError, match="elle-même"):
            verdicts.merge(tx, story_id, story_id, now=newsroom.now)
        made = verdicts.split(tx, story_id, [members["radio"]], now=newsroom.now)
        verdicts.merge(tx, story_id, made, now=newsroom.now)
        with pytest.raises(InputError, match="est réunie"):
            verdicts.merge(tx, story_id, made, now=newsroom.now)
