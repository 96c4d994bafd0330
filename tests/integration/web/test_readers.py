"""The pages of those who read by mail, over HTTP, as a person, a mail program and a mail scanner use them."""

import json
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from comtoise.delivery.mail.links import token
from comtoise.model import Channel, DeliveryKind, Rhythm, Sent
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

    async def post(self, path: str, form: list[tuple[str, str]] | None = None) -> tuple[int, str]:
        async with self._session.post(self.base + path, data=form or []) as answer:
            assert "set-cookie" not in answer.headers
            return answer.status, await answer.text()


@pytest.fixture
async def visitor(store: Database) -> AsyncIterator[Visitor]:
    pages = ReaderPages(store, DESK, lambda: NOW)
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
        (question,) = outbox.claim(tx, NOW, limit=10)
    assert question.kind is DeliveryKind.CONFIRM
    page = path("confirmation", found.reader.id)
    assert "Confirmer" in (await visitor.get(page))[1]
    assert "Votre inscription est confirmée" in (await visitor.post(page))[1]
    assert "Votre inscription est confirmée" in (await visitor.post(page))[1]
    with store.read() as tx:
        (subscriber,) = readers.subscribers(tx, Rhythm.DAILY)
    assert subscriber.subscription.departements == {"39"}


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
        "a" * 260 + "@b.fr",
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
    for each in ids:
        assert (await visitor.get(path(page, each)))[0] == 200
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


async def test_a_form_without_end_is_not_read(visitor: Visitor, store: Database) -> None:
    status, _text = await visitor.post("/inscription", [("adresse", "a@b.fr"), ("x", "y" * 100_000)])
    assert status == 400
    assert everything(store) == ([], [])
