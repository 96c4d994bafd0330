"""What a story learns after its alert: the message is brought up to date, and a fact that counts is a reply."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, time, timedelta

import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from comtoise.demo.botapi import BotApiServer
from comtoise.model import Channel, Delivery, DeliveryKind, Rhythm
from comtoise.service.wiring import StoredOutbox
from comtoise_bot.channel import TelegramChannel
from support.newsroom import DAY, HOUR, Newsroom, entry

FIRST = entry(
    "https://gazette.example/1",
    "Plasturgie : Moulabelle va s’agrandir à Oyonnax",
    "À Oyonnax (Ain), le plasturgiste Moulabelle annonce une extension de son usine de plasturgie et de "
    "nouvelles presses à injecter.",
)
MONEY = entry(
    "https://radio.example/9",
    "Moulabelle investit 6 millions d’euros dans l’extension de son usine à Oyonnax",
    "Le plasturgiste Moulabelle, à Oyonnax (Ain), investit 6 millions d’euros dans l’extension de son usine de "
    "plasturgie, et y installe des presses à injecter.",
)
JOBS = entry(
    "https://radio.example/10",
    "Oyonnax : l’extension de Moulabelle, 6 millions d’euros, créera 40 emplois",
    "Le plasturgiste Moulabelle investit 6 millions d’euros dans l’extension de son usine d’Oyonnax et créera "
    "40 emplois, avec de nouvelles presses à injecter.",
)


def told(deliveries: list[Delivery]) -> list[tuple[DeliveryKind, str | None, tuple[str, ...]]]:
    return [(each.kind, each.message_ref, each.news) for each in deliveries]


def alerted(newsroom: Newsroom) -> str:
    """The first article, alerted and sent; the number of the message."""
    newsroom.lists("gazette", FIRST)
    newsroom.understands()
    (alert,) = newsroom.sends()
    assert alert.kind is DeliveryKind.ALERT
    newsroom.now += 2 * HOUR
    return f"m{alert.id}"


def test_the_first_amount_then_the_first_jobs_are_each_told_once_in_reply(newsroom: Newsroom) -> None:
    newsroom.reader()
    message = alerted(newsroom)
    for news, fact in ((MONEY, "amount"), (JOBS, "jobs")):
        newsroom.lists("radio", news)
        newsroom.understands()
        assert told(newsroom.sends()) == [
            (DeliveryKind.UPDATE, message, ()),
            (DeliveryKind.FOLLOW_UP, message, (fact,)),
        ]
    newsroom.lists("gazette", entry("https://gazette.example/2", MONEY.title, JOBS.summary))
    newsroom.understands()
    assert newsroom.asked(DeliveryKind.FOLLOW_UP) == 2, "another outlet with the same facts is no news"
    (story,) = newsroom.stories()
    known = {(fact.name, fact.value, fact.source_name) for fact in story.facts if fact.signal == "extension"}
    assert ("amount", "6000000.0 EUR", "Radio") in known
    slots = next(match.slots for match in story.matches if match.topic == "extension")
    assert slots is not None
    assert slots.amount is not None
    assert slots.jobs is not None, "one topic has the facts of all the articles"


def test_who_had_no_alert_gets_no_follow_up(newsroom: Newsroom) -> None:
    alerted_reader = newsroom.reader()
    newsroom.reader("102", sectors=frozenset({"horlogerie-luxe"}))
    alerted(newsroom)
    newsroom.lists("radio", MONEY)
    newsroom.understands()
    assert {each.reader.id for each in newsroom.sends()} == {alerted_reader}


@pytest.mark.parametrize("why", ["first-poll", "old"])
def test_what_was_there_before_or_is_old_is_no_follow_up(newsroom: Newsroom, why: str) -> None:
    newsroom.reader()
    alerted(newsroom)
    printed = newsroom.now - (1 * HOUR if why == "first-poll" else 4 * DAY)
    late = entry(MONEY.url, MONEY.title, MONEY.summary, published=printed)
    newsroom.lists("radio", late, silent=why == "first-poll")
    assert newsroom.understands().stories == 0, "it joins"
    assert newsroom.asked(DeliveryKind.FOLLOW_UP) == 0


def test_a_follow_up_counts_among_the_alerts_of_the_day(newsroom: Newsroom) -> None:
    newsroom.reader(alerts_per_day=2)
    alerted(newsroom)
    for news in (MONEY, JOBS):
        newsroom.lists("radio", news)
        newsroom.understands()
    assert newsroom.asked(DeliveryKind.FOLLOW_UP) == 1


@pytest.mark.parametrize("rhythms", [{Rhythm.INSTANT}, {Rhythm.INSTANT, Rhythm.DAILY}])
def test_a_follow_up_found_at_night_waits_for_the_morning(newsroom: Newsroom, rhythms: set[Rhythm]) -> None:
    newsroom.reader(rhythms=frozenset(rhythms), quiet_from=time(20), quiet_to=time(7, 30))
    alerted(newsroom)
    newsroom.now = datetime(2026, 11, 25, 21, 0, tzinfo=UTC)
    newsroom.lists("radio", MONEY)
    newsroom.understands()
    assert [each.kind for each in newsroom.sends()] == [DeliveryKind.UPDATE], "an edit wakes nobody"
    newsroom.now = datetime(2026, 11, 26, 6, 31, tzinfo=UTC)
    assert [each.kind for each in newsroom.sends()] == [DeliveryKind.FOLLOW_UP]


def test_edits_that_wait_are_one(newsroom: Newsroom) -> None:
    newsroom.reader()
    alerted(newsroom)
    newsroom.lists("radio", MONEY)
    newsroom.understands()
    newsroom.lists("gazette", entry("https://gazette.example/2", MONEY.title, MONEY.summary))
    newsroom.understands()
    assert newsroom.asked(DeliveryKind.UPDATE) == 1
    (update, *_rest) = newsroom.sends()
    assert update.story is not None
    assert len(update.story.others) == 2, "it shows the story as it is when it leaves"


def test_an_article_two_days_late_joins_its_story_and_sends_nothing_again(newsroom: Newsroom) -> None:
    newsroom.reader()
    newsroom.lists("radio", MONEY)
    newsroom.understands()
    newsroom.sends()
    printed = newsroom.now - HOUR
    newsroom.now += 2 * DAY
    newsroom.lists("gazette", entry(FIRST.url, FIRST.title, FIRST.summary, published=printed))
    assert newsroom.understands().stories == 0
    assert [each.kind for each in newsroom.sends()] == [DeliveryKind.UPDATE]
    (story,) = newsroom.stories()
    assert (story.lead.source_id, [other.source_id for other in story.others]) == ("gazette", ["radio"])
    assert story.lead.because is None


def test_an_edit_that_lands_while_its_article_is_read_is_read_at_once(newsroom: Newsroom) -> None:
    newsroom.reader()
    newsroom.lists("gazette", FIRST)
    place = newsroom.understander.place

    def edited_meanwhile(*arguments: object) -> object:
        newsroom.understander.place = place  # type: ignore[method-assign]
        newsroom.lists("gazette", entry(FIRST.url, MONEY.title, MONEY.summary))
        return place(*arguments)  # type: ignore[arg-type]

    newsroom.understander.place = edited_meanwhile  # type: ignore[method-assign, assignment]
    assert newsroom.understands().articles == 2, "once in the old words, to no avail; once in the new"
    (story,) = newsroom.stories()
    assert story.lead.title == MONEY.title
    assert any(fact.name == "amount" for fact in story.facts)
    assert [each.kind for each in newsroom.sends()] == [DeliveryKind.ALERT]


@pytest.fixture
async def telegram() -> AsyncIterator[tuple[BotApiServer, TelegramChannel]]:
    async with BotApiServer() as server:
        server.open_chat(101)
        request = HTTPXRequest(connection_pool_size=8, read_timeout=5)
        async with Bot(server.token, base_url=f"{server.url}/bot", request=request) as bot:
            yield server, TelegramChannel(bot)


async def test_on_telegram_the_follow_up_answers_the_alert_and_names_what_is_new(
    newsroom: Newsroom, telegram: tuple[BotApiServer, TelegramChannel]
) -> None:
    server, channel = telegram
    newsroom.reader()

    async def send() -> None:
        outbox = StoredOutbox(newsroom.database, [Channel.TELEGRAM])
        while rows := outbox.claim(newsroom.now, 10):
            for row in rows:
                outbox.settle(row.id, await channel.send(row), newsroom.now)

    newsroom.lists("gazette", FIRST)
    newsroom.understands()
    await send()
    (alert,) = server.chat(101).from_bot
    newsroom.now += timedelta(minutes=90)
    newsroom.lists("radio", MONEY)
    newsroom.understands()
    await send()
    first, reply = server.chat(101).from_bot
    assert "Aussi chez Radio" in first.text, "the alert was edited in place"
    assert reply.reply_to == alert.message_id
    assert reply.text.startswith("Du nouveau\u00a0: le montant\n")
