"""Telegram calls instead of being asked: the real bot, behind the real web server, fed by real requests."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest

from comtoise.demo.botapi import BotApiServer
from comtoise.service.bot import BotProcess, Webhook
from comtoise.web.application import application
from comtoise.web.server import WebServer
from comtoise_bot.application import PERSON
from comtoise_bot.desk import BotDesk

ANNE = 101
HELP = {
    "update_id": 1,
    "message": {
        "message_id": 1,
        "date": 1,
        "chat": {"id": ANNE, "type": "private", "first_name": "Anne"},
        "from": {"id": ANNE, "is_bot": False, "first_name": "Anne"},
        "text": "/aide",
        "entities": [{"type": "bot_command", "offset": 0, "length": 5}],
    },
}


@pytest.fixture
def webhook() -> Webhook:
    return Webhook("https://veille.example/", key=b"key of the desk")


@pytest.fixture
async def called(server: BotApiServer, desk: BotDesk, webhook: Webhook) -> AsyncIterator[httpx.AsyncClient]:
    """Telegram, about to call."""
    stop = asyncio.Event()
    process = BotProcess(server.token, desk, base_url=server.url, webhook=webhook)
    web = WebServer(application(webhook.routes(), https=True), "127.0.0.1", 0)
    working = [asyncio.create_task(process.run(stop)), asyncio.create_task(web.run(stop))]
    await web.listening.wait()
    await server.until(lambda: server.called("setWebhook"))
    async with httpx.AsyncClient(
        base_url=f"http://127.0.0.1:{web.port}",
        headers={"x-telegram-bot-api-secret-token": webhook.secret},
        trust_env=False,
    ) as client:
        yield client
    stop.set()
    await asyncio.gather(*working)


async def test_a_call_with_the_secret_is_answered(
    server: BotApiServer, called: httpx.AsyncClient, webhook: Webhook
) -> None:
    (asked,) = server.called("setWebhook")
    assert asked.params["url"] == webhook.address
    assert asked.params["secret_token"] == webhook.secret
    assert "channel_post" in asked.params["allowed_updates"]
    assert server.called("getUpdates") == [], "one or the other, never both"
    assert (await called.post(webhook.path, json=HELP)).status_code == 200
    await server.until(lambda: server.chat(ANNE).from_bot)
    assert "Ce que je sais faire" in server.chat(ANNE).last.text


async def test_whoever_does_not_know_the_secret_is_refused(
    server: BotApiServer, called: httpx.AsyncClient, webhook: Webhook
) -> None:
    for secret in ("", "wrong", webhook.secret[:-1], "é"):
        answer = await called.post(
            webhook.path, json=HELP, headers={b"x-telegram-bot-api-secret-token": secret.encode()}
        )
        assert answer.status_code == 403
    assert (await called.get(webhook.path)).status_code == 405
    assert (await called.post("/telegram/elsewhere", json=HELP)).status_code == 404
    assert server.chat(ANNE).from_bot == ()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        pytest.param(b"{", 400, id="no-json"),
        pytest.param(b"[1]", 400, id="no-update"),
        pytest.param(b'{"update_id": "1"}', 400, id="no-number"),
        pytest.param(b"x" * 1_000_001, 413, id="too-large"),
        pytest.param(b'{"update_id": 7}', 200, id="a-kind-we-do-not-know"),
    ],
)
async def test_what_is_no_update_does_no_harm(
    server: BotApiServer, called: httpx.AsyncClient, webhook: Webhook, body: bytes, status: int
) -> None:
    assert (await called.post(webhook.path, content=body)).status_code == status
    assert (await called.post(webhook.path, json=HELP)).status_code == 200
    await server.until(lambda: server.chat(ANNE).from_bot)


async def test_telegram_may_call_as_often_as_people_write(
    called: httpx.AsyncClient, webhook: Webhook, server: BotApiServer
) -> None:
    answers = [(await called.post(webhook.path, json=HELP | {"update_id": n})).status_code for n in range(70)]
    assert set(answers) == {200}, "our own pages are throttled, Telegram is not"
    await server.until(lambda: len(server.chat(ANNE).from_bot) >= PERSON.burst)


async def test_before_the_bot_is_up_telegram_is_asked_to_call_again(webhook: Webhook) -> None:
    transport = httpx.ASGITransport(application(webhook.routes(), https=True))
    async with httpx.AsyncClient(transport=transport, base_url="http://veille.example") as client:
        answer = await client.post(
            webhook.path, json=HELP, headers={"x-telegram-bot-api-secret-token": webhook.secret}
        )
    assert answer.status_code == 503
    assert answer.headers["retry-after"]


def test_the_address_and_the_secret_come_from_the_key_of_the_desk() -> None:
    one, same = (Webhook("https://a.example", key=b"1") for _ in range(2))
    other = Webhook("https://a.example", key=b"2")
    assert (one.path, one.secret) == (same.path, same.secret)
    assert one.path != other.path
    assert one.secret != other.secret
    assert one.secret[:32] not in one.address, "who sees the address does not know the secret"
