"""The pages of those who read by mail, over HTTP, as a person, a mail program and a mail scanner use them."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from comtoise.delivery.mail.links import CONFIRM_WITHIN, question, token
from comtoise.model import Channel, Delivery, DeliveryKind, DeliveryState, Rhythm, Sent
from comtoise.store import Database, outbox, readers
from comtoise.web.readers import Desk, ReaderPages
from support.pages import serving

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
SECRET = b"k" * 32
DESK = Desk(
    sectors=[("plasturgie", "Plasturgie"), ("sante", "Santé")],
    departements=[("25", "Doubs"), ("39", "Jura")],
    secret=SECRET,
    operator="Agence d’essai, veille@agence.example",
)


class Visitor:
    """Reads pages and posts forms, without cookies."""

    def __init__(self, base: str, session: aiohttp.ClientSession) -> None:
        self.base = base
        self._session = session

    async def get(self, path: str) -> tuple[int, str]:
        async with self._session.get(self.base + path) as answer:
            assert "set-cookie" not in answer.headers
            return answer.status, await answer.text()

    async def sends(self, method: str, path: str, body: bytes) -> tuple[int, str]:
        headers = {"content-type": "application/x-www-form-urlencoded"}
        async with self._session.request(method, self.base + path, data=body, headers=headers) as answer:
            return answer.status, await answer.text()

    async def post(self, path: str, form: list[tuple[str, str]] | None = None) -> tuple[int, str]:
        async with self._session.post(self.base + path, data=form or []) as answer:
            assert "set-cookie" not in answer.headers
            return answer.status, await answer.text()


@dataclass
class Clock:
    """A clock that a test moves."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def visitor(store: Database, clock: Clock) -> AsyncIterator[Visitor]:
    pages = ReaderPages(store, DESK, clock)
    async with (
        serving(pages.routes()) as base,
        aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session,
    ):
        yield Visitor(base, session)


@pytest.fixture
def reader_id(store: Database) -> int:
    """A confirmed reader."""
    with store.write() as tx:
        return readers.register(tx, Channel.MAIL, "jeanne@atelier.example", now=NOW)[0].id


def path(page: str, reader_id: int) -> str:
    return f"/{page}/{token(reader_id, SECRET)}"


def confirmation(asked: Delivery) -> str:
    """The page to which the mail leads."""
    assert asked.asked_at is not None
    return f"/confirmation/{question(asked.reader.id, asked.asked_at, SECRET)}"


def sent(store: Database, now: datetime) -> Delivery:
    """The question that leaves now."""
    with store.write() as tx:
        (delivery,) = outbox.claim(tx, now, limit=10)
        outbox.settle(tx, delivery.id, Sent(), now=now)
    return delivery


def everything(store: Database) -> object:
    """All that is known of readers and of what they are sent."""
    with store.read() as tx:
        return readers.everyone(tx), outbox.lines(tx)


async def ask(visitor: Visitor, address: str = "jean@atelier.example") -> tuple[int, str]:
    return await visitor.post(
        "/inscription",
        [("adresse", address), ("rythme", "daily"), ("filiere", "plasturgie"), ("departement", "39")],
    )


async def test_nothing_but_the_question_is_sent_before_the_mailbox_confirms(
    visitor: Visitor, store: Database
) -> None:
    assert (await ask(visitor))[0] == 200
    with store.write() as tx:
        (found,) = readers.everyone(tx)
        assert not found.reader.confirmed
        assert found.subscription.sectors == {"plasturgie"}
        assert readers.subscribers(tx, Rhythm.DAILY) == []
        (asked,) = outbox.claim(tx, NOW, limit=10)
    assert asked.kind is DeliveryKind.CONFIRM
    page = confirmation(asked)
    assert "Confirmer" in (await visitor.get(page))[1]
    assert "Votre inscription est confirmée" in (await visitor.post(page))[1]
    confirmed = everything(store)
    assert "Votre inscription est déjà confirmée" in (await visitor.post(page))[1]
    assert "Votre inscription est déjà confirmée" in (await visitor.get(page))[1]
    assert everything(store) == confirmed
    with store.read() as tx:
        (subscriber,) = readers.subscribers(tx, Rhythm.DAILY)
    assert subscriber.subscription.departements == {"39"}


async def test_a_link_holds_for_two_days_and_a_new_one_replaces_it(
    visitor: Visitor, store: Database, clock: Clock
) -> None:
    await ask(visitor)
    old = confirmation(sent(store, clock.now))
    clock.now += CONFIRM_WITHIN + timedelta(seconds=1)
    before = everything(store)
    for status, text in (await visitor.get(old), await visitor.post(old)):
        assert status == 410
        assert "Ce lien n’est plus valable" in text
        assert f'action="{old}/encore"' in text
    assert everything(store) == before
    assert "Regardez votre courrier" in (await visitor.post(f"{old}/encore"))[1]
    new = confirmation(sent(store, clock.now))
    assert new != old
    assert (await visitor.post(old))[0] == 410
    assert "Votre inscription est confirmée" in (await visitor.post(new))[1]
    with store.read() as tx:
        (found,) = readers.subscribers(tx, Rhythm.DAILY)
    assert found.subscription.sectors == {"plasturgie"}, "what was chosen at first"


async def test_asking_again_within_a_day_sends_nothing_and_leaves_the_first_link_good(
    visitor: Visitor, store: Database, clock: Clock
) -> None:
    await ask(visitor)
    first = confirmation(sent(store, clock.now))
    clock.now += timedelta(hours=23)
    await ask(visitor)
    await visitor.post(f"{first}/encore")
    with store.read() as tx:
        assert len(outbox.lines(tx)) == 1
    assert (await visitor.post(first))[0] == 200


async def test_a_question_that_still_waits_is_replaced_by_the_next_one(
    visitor: Visitor, store: Database, clock: Clock
) -> None:
    await ask(visitor)
    clock.now += timedelta(days=1)
    await ask(visitor)
    sent(store, clock.now)
    with store.read() as tx:
        assert [line.state for line in outbox.lines(tx)] == [DeliveryState.SENT, DeliveryState.FAILED]


async def test_a_link_that_has_served_brings_nobody_back_who_stopped(
    visitor: Visitor, store: Database, clock: Clock
) -> None:
    await ask(visitor)
    first = confirmation(sent(store, clock.now))
    await visitor.post(first)
    with store.read() as tx:
        (found,) = readers.everyone(tx)
    await visitor.post(path("desabonnement", found.reader.id))
    assert (await visitor.post(first))[0] == 410
    clock.now += timedelta(minutes=5)
    await ask(visitor)  # he wants to come back the same hour: he answered the first question
    assert (await visitor.post(confirmation(sent(store, clock.now))))[0] == 200
    with store.read() as tx:
        assert len(readers.subscribers(tx, Rhythm.DAILY)) == 1


async def test_settings_do_not_confirm_an_inscription(visitor: Visitor, store: Database) -> None:
    await ask(visitor)
    with store.read() as tx:
        (found,) = readers.everyone(tx)
    _status, text = await visitor.post(path("reglages", found.reader.id), [("rythme", "weekly")])
    assert "reste à confirmer" in text
    with store.read() as tx:
        assert readers.subscribers(tx, Rhythm.WEEKLY) == []


async def test_one_mailbox_is_not_asked_under_many_addresses(visitor: Visitor, store: Database) -> None:
    for number in range(6):
        await ask(visitor, f"Jean+{number}@Atelier.example")
    with store.read() as tx:
        addresses = [found.reader.address for found in readers.everyone(tx)]
    assert addresses == [f"jean+{number}@atelier.example" for number in range(3)]


async def test_an_address_with_an_accent_in_its_domain_is_one(visitor: Visitor, store: Database) -> None:
    assert (await ask(visitor, " Jean@atelier-été.example "))[0] == 200
    with store.read() as tx:
        (found,) = readers.everyone(tx)
    assert found.reader.address == "jean@xn--atelier-t-i4ab.example"


async def test_a_stranger_cannot_flood_a_mailbox_nor_learn_who_reads(
    visitor: Visitor, store: Database, reader_id: int
) -> None:
    answers = {await ask(visitor) for _ in range(5)}
    known = await ask(visitor, "jeanne@atelier.example")
    assert answers == {known}
    with store.write() as tx:
        assert len(outbox.lines(tx)) == 1
        (line,) = outbox.lines(tx)
        found = readers.get(tx, reader_id)
    assert line.reader_id != reader_id
    assert found is not None
    assert found.subscription.sectors == frozenset()  # her choices are hers


@pytest.mark.parametrize(
    "address",
    [
        "",
        "jean",
        "jean@atelier",
        "a@b.fr, c@d.fr",
        "jean@atelier.example\nBcc: x@y.fr",
        "é@a.fr",
        "a" * 65 + "@b.fr",
        "a@" + "b" * 260 + ".fr",
        "a@" + "b." * 130 + "fr",
        '"a b"@b.fr',
        "a@b..fr",
        ".a@b.fr",
        "a@@b.fr",
        "a@[192.0.2.1]",
        "Jean <jean@b.fr>",
    ],
)
async def test_what_is_no_address_is_told_and_kept_nowhere(
    address: str, visitor: Visitor, store: Database
) -> None:
    status, text = await ask(visitor, address)
    assert status == 400
    assert "n’est pas complète" in text
    assert 'value="plasturgie" checked' in text  # what was chosen is not lost
    assert everything(store) == ([], [])


@pytest.mark.parametrize("page", ["confirmation", "desabonnement", "reglages", "mes-donnees", "effacement"])
async def test_reading_a_page_changes_nothing(
    page: str, visitor: Visitor, store: Database, reader_id: int
) -> None:
    await ask(visitor)
    before = everything(store)
    with store.read() as tx:
        ids = [found.reader.id for found in readers.everyone(tx)]
    pages = [path(page, each) for each in ids]
    if page == "confirmation":
        pages = [f"/confirmation/{question(each, NOW, SECRET)}" for each in ids]
    for each in pages:
        assert (await visitor.get(each))[0] == 200
    assert everything(store) == before


async def test_one_click_of_the_mail_program_stops_everything_twice(
    visitor: Visitor, store: Database, reader_id: int
) -> None:
    for _ in range(2):
        status, text = await visitor.post(
            path("desabonnement", reader_id), [("List-Unsubscribe", "One-Click")]
        )
        assert status == 200
        assert "Plus rien ne sera envoyé" in text
    with store.read() as tx:
        assert readers.subscribers(tx, Rhythm.DAILY) == []
        found = readers.get(tx, reader_id)
    assert found is not None
    assert found.reader.disabled_reason == "unsubscribed"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="none"),
        pytest.param(b"List-Unsubscribe=Two-Clicks", id="other-words"),
        pytest.param(b"\xff\x00" * 500, id="no-text"),
        pytest.param(b"x" * 5_000_000, id="huge"),
    ],
)
async def test_a_mail_program_that_asks_oddly_is_understood(
    visitor: Visitor, store: Database, reader_id: int, body: bytes
) -> None:
    assert (await visitor.sends("POST", path("desabonnement", reader_id), body))[0] == 200
    with store.read() as tx:
        assert readers.subscribers(tx, Rhythm.DAILY) == []


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"])
async def test_no_other_method_acts(visitor: Visitor, store: Database, reader_id: int, method: str) -> None:
    before = everything(store)
    status, _text = await visitor.sends(
        method, path("desabonnement", reader_id), b"List-Unsubscribe=One-Click"
    )
    assert status == (200 if method == "HEAD" else 405)
    assert everything(store) == before


async def test_many_readers_stop_at_once_from_the_address_of_one_provider(
    visitor: Visitor, store: Database
) -> None:
    with store.write() as tx:
        ids = [readers.register(tx, Channel.MAIL, f"r{n}@atelier.example", now=NOW)[0].id for n in range(60)]
    click = [("List-Unsubscribe", "One-Click")]
    for _ in range(2):
        answers = await asyncio.gather(*(visitor.post(path("desabonnement", each), click) for each in ids))
        assert {status for status, _text in answers} == {200}
    with store.read() as tx:
        assert readers.subscribers(tx, Rhythm.DAILY) == []


async def test_who_stopped_can_come_back_from_the_same_page(
    visitor: Visitor, store: Database, reader_id: int
) -> None:
    await visitor.post(path("desabonnement", reader_id))
    status, text = await visitor.post(path("reglages", reader_id), [("rythme", "weekly")])
    assert status == 200
    assert "C’est enregistré" in text
    with store.read() as tx:
        (subscriber,) = readers.subscribers(tx, Rhythm.WEEKLY)
    assert subscriber.reader.id == reader_id


async def test_settings_keep_what_they_do_not_show(visitor: Visitor, store: Database, reader_id: int) -> None:
    with store.write() as tx:
        readers.register(tx, Channel.MAIL, "jeanne@atelier.example", now=NOW)
    await visitor.post(
        path("reglages", reader_id), [("rythme", "daily"), ("filiere", "sante"), ("filiere", "no-such-thing")]
    )
    with store.read() as tx:
        wanted = readers.subscription(tx, reader_id)
    assert wanted.rhythms == {Rhythm.DAILY}
    assert wanted.sectors == {"sante"}
    assert wanted.alerts_per_day == readers.Newcomer().alerts_per_day


async def test_my_data_are_shown_and_downloaded(visitor: Visitor, store: Database, reader_id: int) -> None:
    with store.write() as tx:
        outbox.enqueue_confirmation(tx, reader_id=reader_id, now=NOW)
        (claimed,) = outbox.claim(tx, NOW, limit=1)
        outbox.settle(tx, claimed.id, Sent("<1@desk.example>"), now=NOW)
    status, text = await visitor.get(path("mes-donnees", reader_id))
    assert status == 200
    assert "jeanne@atelier.example" in text
    data = json.loads((await visitor.get(path("mes-donnees", reader_id) + "/donnees.json"))[1])
    assert data["adresse"] == "jeanne@atelier.example"
    assert data["envois"] == [{"quoi": "confirm", "etat": "sent", "quand": "2026-11-25T09:00+00:00"}]


async def test_erasing_leaves_nothing_and_every_page_says_so(
    visitor: Visitor, store: Database, reader_id: int
) -> None:
    for _ in range(2):
        assert "C’est effacé" in (await visitor.post(path("effacement", reader_id)))[1]
    assert everything(store) == ([], [])
    assert (await visitor.get(path("reglages", reader_id)))[0] == 404
    assert "Plus rien ne sera envoyé" in (await visitor.post(path("desabonnement", reader_id)))[1]
    assert await ask(visitor, "Jeanne@atelier.example") == await ask(visitor)  # nobody else brings her back
    with store.read() as tx:
        assert [found.reader.address for found in readers.everyone(tx)] == ["jean@atelier.example"]


@pytest.mark.parametrize("page", ["confirmation", "desabonnement", "reglages", "mes-donnees", "effacement"])
@pytest.mark.parametrize("forged", ["1-00000000000000000000000000000000", "1", "é", "1-" + "f" * 32, "x-y"])
async def test_a_forged_link_opens_nothing(
    page: str, forged: str, visitor: Visitor, store: Database, reader_id: int
) -> None:
    before = everything(store)
    assert (await visitor.get(f"/{page}/{forged}"))[0] == 404
    if page != "mes-donnees":
        assert (await visitor.post(f"/{page}/{forged}"))[0] == 404
    assert everything(store) == before


def test_an_inscription_never_confirmed_is_erased_without_a_trace(store: Database) -> None:
    with store.write() as tx:
        reader, asked = readers.ask(tx, Channel.MAIL, "jean@atelier.example", now=NOW)
        outbox.enqueue_confirmation(tx, reader_id=reader.id, now=NOW)
        assert asked
        assert readers.forget_unconfirmed(tx, asked_before=NOW) == 0
        assert readers.forget_unconfirmed(tx, asked_before=NOW + timedelta(seconds=1)) == 1
    assert everything(store) == ([], [])


async def test_every_page_is_french_whole_and_safe(visitor: Visitor, reader_id: int) -> None:
    pages = ["/", "/confidentialite"]
    pages += [path(page, reader_id) for page in ("desabonnement", "reglages", "mes-donnees", "effacement")]
    for each in pages:
        status, text = await visitor.get(each)
        assert status == 200
        assert '<html lang="fr">' in text
        assert text.count("<h1>") == 1
        assert "<script" not in text
        for found in re.findall(r'(?:href|action|src)="([^"]+)"', text):
            assert found.startswith("/"), f"{each} leads elsewhere: {found}"


async def test_a_name_in_html_is_shown_as_text(store: Database) -> None:
    named = replace(DESK, sectors=[("x", "<script>alert(1)</script>")], operator="<b>L’agence</b>")
    async with (
        serving(ReaderPages(store, named, lambda: NOW).routes()) as base,
        aiohttp.ClientSession() as session,
    ):
        visitor = Visitor(base, session)
        assert "&lt;script&gt;alert(1)" in (await visitor.get("/"))[1]
        assert "&lt;b&gt;L’agence" in (await visitor.get("/confidentialite"))[1]
        _status, text = await visitor.post("/inscription", [("adresse", '"><script>x'), ("filiere", "x")])
    assert "<script" not in text


async def test_a_form_without_end_is_not_read(visitor: Visitor, store: Database) -> None:
    status, _text = await visitor.post("/inscription", [("adresse", "a@b.fr"), ("x", "y" * 100_000)])
    assert status == 400
    assert everything(store) == ([], [])
