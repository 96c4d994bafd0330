"""The weekly mail as it arrives, byte by byte; and what a week of refusals makes of its readers."""

import asyncio
import re
from dataclasses import replace
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

import dkim
import pytest
from aiosmtpd.smtp import Envelope

from comtoise.delivery.mail import SmtpChannel, SmtpServer
from comtoise.delivery.mail.links import token
from comtoise.delivery.mail.signing import Signer
from comtoise.demo.sample import sample_digest
from comtoise.model import (
    Channel,
    Deferred,
    DeliveryState,
    Digest,
    Outcome,
    Reader,
    Rhythm,
    Sent,
    Subscription,
)
from comtoise.service.wiring import StoredOutbox
from comtoise.store import Database, outbox, readers
from comtoise.stories.trackers import is_tracker
from integration.delivery.conftest import MailServer
from integration.delivery.test_smtp import key_pair
from support import due
from unit.delivery.made import NOW, SETTINGS, crowded, weekly

TITLE = "À Besançon, l’équipementier « Forgeval » relève à 12,5 M€ son investissement d’après l’été"
BACK = replace(SETTINGS, bounces="retours@agence.example")
WEEKS = [pytest.param(sample_digest(), id="a-week"), pytest.param(crowded(60, TITLE), id="sixty-stories")]


def received(server: MailServer, digest: Digest) -> tuple[Envelope, bytes, bytes]:
    """The envelope and the bytes of a signed weekly mail at the server, and the public key."""
    private, public = key_pair()
    signer = Signer(domain="agence.example", selector="comtoise", key=private)
    mails = SmtpChannel(SmtpServer.parse(server.url), BACK, clock=lambda: NOW, signer=signer)
    assert isinstance(asyncio.run(mails.send(weekly(digest))), Sent)
    (envelope,) = server.plan.received
    assert isinstance(envelope.content, bytes)
    return envelope, envelope.content, public


class _Page(HTMLParser):
    """What a page loads and where it leads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.leads: list[str] = []
        self.alts: list[str | None] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "img":
            self.alts.append(said.get("alt"))
        for name in ("src", "srcset", "background", "poster", "data"):
            if said.get(name):
                self.loads.append(str(said[name]))
        if said.get("href") and tag != "link":
            self.leads.append(str(said["href"]))
        if tag in ("link", "script", "iframe", "object", "embed", "form", "input", "video", "audio"):
            self.loads.append(tag)


def part(message: EmailMessage, kind: str) -> EmailMessage:
    return next(
        each for each in message.walk() if isinstance(each, EmailMessage) and each.get_content_type() == kind
    )


@pytest.mark.parametrize("digest", WEEKS)
def test_the_headers_arrive_as_servers_and_mail_programs_need_them(
    mail_server: MailServer, digest: Digest
) -> None:
    _envelope, raw, public = received(mail_server, digest)
    head = raw.split(b"\r\n\r\n", 1)[0]
    assert dkim.verify(raw, dnsfunc=lambda _name, timeout=5: public)
    covered = re.search(rb"h=([^;]+);", head.replace(b"\r\n ", b"").replace(b"\r\n\t", b""))
    assert covered is not None
    names = {name.strip().lower() for name in covered[1].split(b":")}
    assert {b"list-unsubscribe", b"list-unsubscribe-post"} <= names
    assert b"\r\nList-Unsubscribe: <https://veille.example/" in head
    assert b"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in head + b"\r\n"
    words = re.findall(rb"=\?[^?\s]+\?[bqBQ]\?[^?\s]*\?=", head)
    assert words
    assert max(map(len, words)) <= 75
    assert b"?==?" not in head
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert raw.isascii()
    for name in (b"From", b"To", b"Subject", b"Date", b"Message-ID", b"MIME-Version", b"List-Id"):
        assert len(re.findall(rb"(?mi)^" + name + rb":", head)) == 1, name


@pytest.mark.parametrize("digest", WEEKS)
def test_one_recipient_and_an_envelope_of_his_own(mail_server: MailServer, digest: Digest) -> None:
    envelope, raw, _public = received(mail_server, digest)
    reader = weekly().reader
    assert envelope.rcpt_tos == [reader.address]
    message = message_from_bytes(raw, policy=policy.default)
    assert message["To"] == reader.address
    assert (message["Cc"], message["Bcc"]) == (None, None)
    assert BACK.links is not None
    assert envelope.mail_from == f"retours+{token(reader.id, BACK.links.secret)}@agence.example"


@pytest.mark.parametrize("digest", WEEKS)
def test_the_page_is_light_and_loads_nothing_and_follows_nobody(
    mail_server: MailServer, digest: Digest
) -> None:
    _envelope, raw, _public = received(mail_server, digest)
    message = message_from_bytes(raw, policy=policy.default)
    html = part(message, "text/html").get_content()
    assert len(html.encode()) <= 80 * 1024
    picture = part(message, "image/png")
    png = picture.get_content()
    assert png.startswith(b"\x89PNG")
    assert len(png) <= 40 * 1024
    page = _Page(html)
    assert page.loads == [f"cid:{picture['Content-ID'].strip('<>')}"]
    assert not re.search(r"url\(|@import", html)
    (alt,) = page.alts
    assert alt is not None
    assert len(alt) > 40
    for address in page.leads:
        assert address.startswith(("https://", "http://", "mailto:")), address
        asked = parse_qsl(urlsplit(address).query)
        assert "http" not in urlsplit(address).query, "a link through another"
        assert not [name for name, value in asked if is_tracker(name, value)], address


@pytest.mark.parametrize("digest", WEEKS)
def test_the_text_tells_the_same_stories_with_the_same_links(mail_server: MailServer, digest: Digest) -> None:
    _envelope, raw, _public = received(mail_server, digest)
    message = message_from_bytes(raw, policy=policy.default)
    text, page = part(message, "text/plain").get_content(), _Page(part(message, "text/html").get_content())
    assert "<" not in re.sub(r"<https?://[^>\s]+>|<mailto:[^>\s]+>", "", text)
    for address in page.leads:
        assert address.removeprefix("mailto:") in text, address


# --- a week of refusals -------------------------------------------------------------------------------------


class Week:
    """A desk with one reader of mail, and a clock that a test moves."""

    def __init__(self, database: Database, server: MailServer, now: datetime) -> None:
        self.database = database
        self.now = now
        self.outbox = StoredOutbox(database, [Channel.MAIL])
        self.mails = SmtpChannel(SmtpServer.parse(server.url), BACK, clock=lambda: self.now, timeout_s=5)
        with database.write() as tx:
            self.reader, _new = readers.register(tx, Channel.MAIL, "lectrice@mairie.example", now=now)
            readers.save(tx, Subscription(reader_id=self.reader.id, rhythms=frozenset({Rhythm.WEEKLY})))

    def struck(self, key: str) -> None:
        digest = replace(sample_digest(), slot=replace(sample_digest().slot, key=key))
        with self.database.write() as tx:
            due.digest(tx, digest, reader_id=self.reader.id, now=self.now, rhythm=Rhythm.WEEKLY)

    async def sends(self) -> list[Outcome]:
        """What came of all that is due now."""
        outcomes = []
        for delivery in self.outbox.claim(self.now, 10):
            outcomes.append(await self.mails.send(delivery))
            self.outbox.settle(delivery.id, outcomes[-1], self.now)
        return outcomes

    def state(self) -> DeliveryState:
        with self.database.read() as tx:
            return outbox.lines(tx)[0].state

    def present(self) -> Reader:
        with self.database.read() as tx:
            found = readers.find(tx, Channel.MAIL, "lectrice@mairie.example")
        assert found is not None
        return found


@pytest.fixture
def week(database: Database, mail_server: MailServer, now: datetime) -> Week:
    return Week(database, mail_server, now)


async def test_a_grey_list_is_tried_again_for_a_day_and_then_given_up(
    week: Week, mail_server: MailServer
) -> None:
    mail_server.plan.rcpt = "451 4.7.1 Greylisted"
    week.struck("2026-W49")
    began, tries = week.now, 0
    while week.state() is DeliveryState.WAITING:
        (outcome,) = await week.sends()
        tries += 1
        if isinstance(outcome, Deferred):
            assert await week.sends() == [], "not before its time"
            week.now = outcome.until
    assert timedelta(hours=20) <= week.now - began <= timedelta(hours=26)
    assert tries > 8
    assert week.state() is DeliveryState.FAILED
    assert week.present().disabled_reason is None


async def test_a_grey_list_that_opens_lets_one_mail_through(week: Week, mail_server: MailServer) -> None:
    mail_server.plan.rcpt = "451 4.7.1 Greylisted"
    week.struck("2026-W49")
    (outcome,) = await week.sends()
    assert isinstance(outcome, Deferred)
    mail_server.plan.rcpt, week.now = "250 OK", outcome.until
    await week.sends()
    week.now += timedelta(days=1)
    assert await week.sends() == []
    assert len(mail_server.plan.received) == 1
    assert week.state() is DeliveryState.SENT


@pytest.mark.parametrize(
    ("answer", "mails"),
    [
        pytest.param("550 5.1.1 No such user", 1, id="no-mailbox"),
        pytest.param("554 5.3.0 Refused", 3, id="refused"),
        pytest.param("552 5.2.2 Mailbox full", 6, id="full"),
    ],
)
async def test_refusals_add_up_until_nothing_more_is_sent(
    week: Week, mail_server: MailServer, answer: str, mails: int
) -> None:
    mail_server.plan.rcpt = answer
    asked = 0
    for number in range(8):
        week.struck(f"2027-W{number:02}")
        asked += len(await week.sends())
        week.now += timedelta(days=2)
    assert asked == mails
    assert week.present().disabled_reason is not None


async def test_a_refusal_for_our_sake_costs_no_reader_and_his_mail_leaves_when_it_ends(
    week: Week, mail_server: MailServer
) -> None:
    mail_server.plan.data = "554 5.7.1 Refused by policy. ofr_506"
    week.struck("2026-W49")
    for _ in range(6):
        (outcome,) = await week.sends()
        assert isinstance(outcome, Deferred)
        week.now = outcome.until
    mail_server.plan.data = "250 OK"
    while week.state() is DeliveryState.WAITING:
        week.now += timedelta(hours=4)
        await week.sends()
    assert week.state() is DeliveryState.SENT
    assert week.present().disabled_reason is None
