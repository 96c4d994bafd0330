"""Each answer of Telegram and what becomes of the row, the reader and the others; one test a row of the table.

From the HTTP answer, through python-telegram-bot, channel, sender and store, on both databases. The table is in
docs/decisions/0008-outbox.md.
"""

import logging
from datetime import timedelta

import pytest

from comtoise.demo import botapi
from comtoise.demo.botapi import Fault
from comtoise.model import DeliveryState
from comtoise.store import readers
from integration.outbox.conftest import ANNE, BRUNO, START, Post

SENT, WAITING, FAILED = DeliveryState.SENT, DeliveryState.WAITING, DeliveryState.FAILED
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
REPEATED = "Envoi répété"


@pytest.mark.parametrize(
    "fault",
    [
        botapi.blocked(),
        botapi.deactivated(),
        botapi.answers(403, "Forbidden: bot was kicked from the supergroup chat"),
    ],
    ids=["blocked", "deactivated", "kicked"],
)
async def test_403_of_who_left_stops_all_to_him_at_once_and_keeps_his_choices(
    post: Post, fault: Fault
) -> None:
    anne, bruno = post.reader(ANNE), post.reader(BRUNO)
    first, second, other = post.asks(anne), post.asks(anne), post.asks(bruno)
    post.server.fail(fault, chat=ANNE, times=None)
    await post.sends()
    await post.sends(after=2 * DAY)
    assert len(post.server.called("sendMessage", chat=ANNE)) == 1
    assert (post.row(first).state, post.row(second).state) == (FAILED, WAITING)
    assert "Forbidden" in (post.who(anne).disabled_reason or "")
    assert post.row(other).state is SENT
    with post.database.read() as tx:
        assert readers.get(tx, anne.id) is not None, "his choices are kept, should he come back"


@pytest.mark.parametrize(
    "fault", [botapi.unreachable_user(), botapi.chat_not_found()], ids=["403-other", "400-chat-not-found"]
)
async def test_a_refusal_that_may_pass_disables_only_the_third_time_over_two_days_and_loses_nothing(
    post: Post, fault: Fault
) -> None:
    anne = post.reader()
    row = post.asks(anne)
    post.server.fail(fault, times=None)
    await post.sends()
    tries = 1
    assert post.row(row).state is WAITING
    while post.now < START + timedelta(hours=47):
        await post.sends(after=HOUR)
        assert post.who(anne).disabled_reason is None
    tries = len(post.server.called("sendMessage"))
    assert 3 <= tries <= 5, "it is tried again, and seldom"
    await post.sends(after=DAY)
    assert post.who(anne).disabled_reason is not None
    assert post.row(row).state is FAILED
    await post.sends(after=3 * DAY)
    assert len(post.server.called("sendMessage")) == tries + 1


async def test_a_refusal_that_passed_leaves_no_strike_and_the_message_arrives(post: Post) -> None:
    anne = post.reader()
    row = post.asks(anne)
    for wait in (timedelta(0), 60 * HOUR, 60 * HOUR):
        post.server.fail(botapi.unreachable_user())
        await post.sends(after=wait)
        assert post.row(row).state is WAITING
        await post.sends(after=7 * HOUR)
        assert post.row(row).state is SENT
        row = post.asks(anne)
    assert post.who(anne).disabled_reason is None
    assert len(post.server.chat(ANNE).from_bot) == 3


async def test_a_group_that_became_a_supergroup_is_followed_in_the_transaction_that_settles(
    post: Post,
) -> None:
    group = post.reader(-500)
    first, second = post.asks(group), post.asks(group)
    await post.server.group_migrates(-500, -100500)
    await post.sends()
    assert post.who(group).address == "-100500"
    assert (post.row(first).state, post.row(second).state) == (SENT, SENT)
    assert len(post.server.called("sendMessage", chat=-500)) == 1, "sent to its old address once"
    assert len(post.server.chat(-100500).from_bot) == 2


async def test_a_group_whose_move_was_already_told_by_the_chat_is_not_disabled(post: Post) -> None:
    group = post.reader(-500)
    row = post.asks(group)
    await post.server.group_migrates(-500, -100500)
    stored_first = post.server.plan

    def the_bot_hears_of_it_first(call: botapi.Call) -> Fault | None:
        if call.chat == -500:
            with post.database.write() as tx:
                readers.move(tx, group.id, "-100500")
        return None

    post.server.plan = the_bot_hears_of_it_first
    await post.sends()
    assert stored_first is None
    assert post.who(group).disabled_reason is None
    assert post.who(group).address == "-100500"
    assert post.row(row).state is SENT


@pytest.mark.parametrize(
    "words", ["can't parse entities: Unsupported start tag", "message is too long"], ids=["entities", "long"]
)
async def test_refused_formatting_leaves_once_as_plain_text_and_is_logged(
    post: Post, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    row = post.asks(post.reader())
    post.server.fail(botapi.answers(400, f"Bad Request: {words}"))
    with caplog.at_level(logging.ERROR):
        await post.sends()
    assert post.row(row).state is SENT
    (shown,) = post.server.chat(ANNE).from_bot
    assert shown.entities == ()
    assert "<b>" not in shown.text
    assert any("refused the formatting" in record.getMessage() for record in caplog.records)


async def test_formatting_refused_twice_is_a_bad_request_and_no_network_error_to_repeat(post: Post) -> None:
    anne = post.reader()
    row, after = post.asks(anne), post.asks(anne)
    post.server.fail(botapi.answers(400, "Bad Request: can't parse entities: again"), times=2)
    await post.sends()
    assert post.row(row).state is FAILED
    assert post.row(after).state is SENT
    await post.sends(after=DAY)
    assert len(post.server.called("sendMessage")) == 3
    assert post.who(anne).disabled_reason is None, "a message of ours that is wrong is no fault of his"


async def test_429_of_twelve_hours_holds_one_chat_over_a_restart_and_delays_no_other(post: Post) -> None:
    anne, bruno = post.reader(ANNE), post.reader(BRUNO)
    held, behind, other = post.asks(anne), post.asks(anne), post.asks(bruno)
    post.server.fail(botapi.too_many_requests(43_838), chat=ANNE)
    await post.sends()
    assert post.row(other).state is SENT
    assert post.row(held).not_before >= START + timedelta(seconds=43_838)
    for _ in range(11):  # each time a sender that remembers nothing
        await post.sends(after=HOUR)
    assert len(post.server.called("sendMessage", chat=ANNE)) == 1
    assert (post.row(held).state, post.row(behind).state) == (WAITING, WAITING)
    await post.sends(after=2 * HOUR)
    assert (post.row(held).state, post.row(behind).state) == (SENT, SENT)
    assert len(post.server.chat(ANNE).from_bot) == 2


async def test_429_is_read_as_a_number_or_a_delay(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    row = post.asks(post.reader())
    post.server.fail(botapi.too_many_requests(600))
    await post.sends()
    assert post.row(row).not_before >= START + timedelta(seconds=600)
    await post.sends(after=11 * MINUTE)
    assert post.row(row).state is SENT


@pytest.mark.parametrize(
    "fault", [botapi.answers(401, "Unauthorized"), botapi.answers(404, "Not Found")], ids=["401", "404"]
)
async def test_a_refused_token_stops_the_sending_loses_nothing_and_is_told_once(
    post: Post, fault: Fault
) -> None:
    rows = [post.asks(post.reader(chat)) for chat in range(201, 261)]
    post.server.fail(fault, times=None)
    await post.sends()
    tried = len(post.server.called("sendMessage"))
    assert tried <= 32, "those on their way when the first answer came"
    assert {post.row(row).state for row in rows} == {WAITING}
    (told,) = post.told()
    assert "jeton" in told
    assert "TELEGRAM_BOT_TOKEN" in told
    assert post.server.token not in told
    post.server.recover()
    await post.sends(after=16 * MINUTE)
    assert {post.row(row).state for row in rows} == {SENT}
    assert len(post.told()) == 1


@pytest.mark.parametrize(
    "fault", [botapi.answers(500), botapi.answers(502, "Bad Gateway")], ids=["500", "502"]
)
async def test_a_server_in_trouble_is_tried_again_after_a_growing_while(post: Post, fault: Fault) -> None:
    row = post.asks(post.reader())
    post.server.fail(fault, times=3)
    waits = []
    for _ in range(3):
        await post.sends(after=15 * MINUTE)
        waits.append(post.row(row).not_before - post.now)
    assert post.row(row).attempts == 3
    assert waits[0] < waits[2]
    await post.sends(after=15 * MINUTE)
    assert post.row(row).state is SENT
    assert len(post.server.chat(ANNE).from_bot) == 1


async def test_a_server_out_of_reach_loses_nothing(post: Post) -> None:
    row = post.asks(post.reader())
    await post.server.stop()
    await post.sends()
    assert post.row(row).state is WAITING
    assert post.row(row).not_before > post.now - MINUTE


async def test_an_answer_that_never_came_is_asked_for_once_more_and_marked(post: Post) -> None:
    row = post.asks(post.reader())
    post.server.fail(botapi.accepts_then_hangs())
    await post.sends()
    assert post.row(row).state is DeliveryState.UNKNOWN
    await post.sends(after=2 * MINUTE)
    first, second = post.server.chat(ANNE).from_bot
    assert REPEATED not in first.text
    assert REPEATED in second.text
    assert post.row(row).state is SENT


async def test_a_second_answer_that_never_came_is_the_last_try(post: Post) -> None:
    row = post.asks(post.reader())
    post.server.fail(botapi.accepts_then_hangs(), times=None)
    for _ in range(4):
        await post.sends(after=10 * MINUTE)
    assert len(post.server.called("sendMessage")) == 2
    assert post.row(row).state is FAILED


async def test_a_connection_lost_while_waiting_is_in_doubt_too(post: Post) -> None:
    row = post.asks(post.reader())
    post.server.fail(botapi.drops_the_connection(performed=True))
    await post.sends()
    assert post.row(row).state is DeliveryState.UNKNOWN
