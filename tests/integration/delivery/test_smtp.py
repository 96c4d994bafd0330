"""The mail channel against a real server: what each answer becomes."""

import asyncio
import base64
import re
import socket
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import dkim
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from comtoise.delivery.channel import WithdrawnError
from comtoise.delivery.mail import SmtpChannel, SmtpServer
from comtoise.delivery.mail.signing import Signer
from comtoise.delivery.mail.smtp import FIRST_WAIT, LONGEST_WAIT, TRIES_MAX
from comtoise.model import Deferred, DeliveryKind, MaybeSent, Outcome, Refused, Sent
from integration.delivery.conftest import MailServer, free_port
from unit.delivery.made import NOW, SETTINGS, alert, weekly


def channel(
    url: str,
    *,
    timeout_s: float = 5.0,
    identity: str = SETTINGS.identity,
    clock: Callable[[], datetime] = lambda: NOW,
    signer: Signer | None = None,
) -> SmtpChannel:
    settings = replace(SETTINGS, identity=identity)
    return SmtpChannel(SmtpServer.parse(url), settings, clock=clock, timeout_s=timeout_s, signer=signer)


def key_pair() -> tuple[bytes, bytes]:
    """A private key as PEM, and the record that its domain publishes."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return pem, b"v=DKIM1; k=rsa; p=" + base64.b64encode(public)


async def test_a_digest_arrives_whole(mail_server: MailServer) -> None:
    outcome = await channel(mail_server.url).send(weekly())
    (envelope,), (message,) = mail_server.plan.received, mail_server.plan.messages()
    assert outcome == Sent(message["Message-ID"])
    assert envelope.mail_from == "veille@agence.example"
    assert envelope.rcpt_tos == ["lectrice@mairie.example"]
    text, html = (message.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert html is not None
    for address in (
        "https://journal-0.example/2026/11/article-0",
        "https://journal-3.example/2026/11/article-13",
    ):
        assert address in text.get_content()
        assert address in html.get_content()


async def test_the_bytes_on_the_wire_hold_the_list_headers_as_they_are(mail_server: MailServer) -> None:
    await channel(mail_server.url).send(weekly())
    (envelope,) = mail_server.plan.received
    assert isinstance(envelope.content, bytes)
    assert b"\r\nList-Unsubscribe: <https://veille.example/desabonnement/7-" in envelope.content
    assert b"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in envelope.content


async def test_a_line_that_starts_with_a_dot_arrives_with_it(mail_server: MailServer) -> None:
    await channel(mail_server.url, identity=".exemple, 25000 Besançon").send(weekly())
    (message,) = mail_server.plan.messages()
    body = message.get_body(("plain",))
    assert body is not None
    assert body.get_content().splitlines()[-1].replace("\u00a0", " ") == ".exemple, 25000 Besançon"


@pytest.mark.parametrize("stage", ["rcpt", "data"])
async def test_4xx_is_put_off(mail_server: MailServer, stage: str) -> None:
    setattr(mail_server.plan, stage, "451 4.7.1 Greylisted, lectrice@mairie.example, come back later")
    assert await channel(mail_server.url).send(weekly()) == Deferred(NOW + FIRST_WAIT, "SMTP 451 4.7.1")


@pytest.mark.parametrize("stage", ["rcpt", "data"])
@pytest.mark.parametrize(
    ("answer", "gone"),
    [
        pytest.param("550 5.1.1 No such user", True, id="no-such-mailbox"),
        pytest.param("550 5.2.1 Mailbox disabled", True, id="mailbox-closed"),
        pytest.param("552 5.2.2 Mailbox full", False, id="mailbox-full"),
        pytest.param("550 No", False, id="no-detail"),
    ],
)
async def test_5xx_is_final_and_only_a_missing_mailbox_means_a_reader_gone(
    mail_server: MailServer, stage: str, answer: str, gone: bool
) -> None:
    setattr(mail_server.plan, stage, answer)
    outcome = await channel(mail_server.url).send(weekly())
    assert isinstance(outcome, Refused)
    assert outcome.reader_gone is gone
    assert outcome.reason.startswith(f"SMTP {answer[:3]}")


@pytest.mark.parametrize("stage", ["mail", "rcpt", "data"])
async def test_five_refusals_by_policy_in_a_row_rest_all_mail_and_lose_no_reader(
    mail_server: MailServer, stage: str
) -> None:
    time = [NOW]
    mails = channel(mail_server.url, clock=lambda: time[0])
    setattr(mail_server.plan, stage, "554 5.7.1 Refused by policy")
    for _ in range(5):
        assert await mails.send(weekly()) == Deferred(NOW + FIRST_WAIT, "SMTP 554 5.7.1")
    setattr(mail_server.plan, stage, "250 OK")
    taken = len(mail_server.plan.received)
    rested = await mails.send(weekly())
    assert isinstance(rested, Deferred)
    assert (rested.until, rested.tried) == (NOW + timedelta(hours=1), False)
    assert len(mail_server.plan.received) == taken
    time[0] = NOW + timedelta(hours=1)
    assert isinstance(await mails.send(weekly()), Sent)


async def test_a_refusal_by_policy_now_and_then_rests_nothing(mail_server: MailServer) -> None:
    mails = channel(mail_server.url)
    for _ in range(4):
        mail_server.plan.rcpt = "554 5.7.1 Refused by policy"
        for _again in range(4):
            assert isinstance(await mails.send(weekly()), Deferred)
        mail_server.plan.rcpt = "250 OK"
        assert isinstance(await mails.send(weekly()), Sent)


async def test_the_signature_verifies_and_covers_both_headers_of_the_one_click(
    mail_server: MailServer,
) -> None:
    private, public = key_pair()
    signer = Signer(domain="agence.example", selector="comtoise", key=private)
    assert isinstance(await channel(mail_server.url, signer=signer).send(weekly()), Sent)
    (envelope,) = mail_server.plan.received
    raw = envelope.content
    assert isinstance(raw, bytes)
    assert dkim.verify(
        raw, dnsfunc=lambda name, timeout=5: {b"comtoise._domainkey.agence.example.": public}[name]
    )
    covered = re.search(rb"h=([^;]+);", raw.split(b"\r\n\r\n")[0].replace(b"\r\n ", b""))
    assert covered is not None
    names = {name.strip().lower() for name in covered[1].split(b":")}
    assert {b"list-unsubscribe", b"list-unsubscribe-post", b"from", b"subject"} <= names
    changed = raw.replace(b"List-Unsubscribe-Post: List", b"List-Unsubscribe-Post: Lost")
    assert not dkim.verify(changed, dnsfunc=lambda name, timeout=5: public)


@pytest.mark.parametrize(
    ("answer", "counted"),
    [
        pytest.param("550 5.1.1 No such user", 3.0, id="no-such-mailbox"),
        pytest.param("552 5.2.2 <lectrice@antispam-policy.example> mailbox full", 0.5, id="full"),
        pytest.param("550 5.2.0 Message refused", 1.0, id="refused-for-another-reason"),
        pytest.param("550 Adresse d au moins un destinataire invalide. LPN416", 3.0, id="french-no-mailbox"),
    ],
)
async def test_5xx_counts_against_the_address_as_a_mail_that_came_back(
    mail_server: MailServer, answer: str, counted: float
) -> None:
    mail_server.plan.rcpt = answer
    outcome = await channel(mail_server.url).send(weekly())
    assert isinstance(outcome, Refused)
    assert outcome.bounce == counted


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param("550 5.2.0 Mail rejete. ofr_506 [506]", id="reputation-under-another-code"),
        pytest.param("550 spam detected", id="no-code"),
        pytest.param("550 5.5.0 Adresse IP source bloquee, LPN105: blocked", id="blocked-address"),
    ],
)
async def test_refused_for_our_sake_under_any_code_is_held_against_no_reader(
    mail_server: MailServer, answer: str
) -> None:
    mail_server.plan.data = answer
    assert isinstance(await channel(mail_server.url).send(weekly()), Deferred)


async def test_a_grey_list_that_never_opens_counts_a_little_after_a_day(mail_server: MailServer) -> None:
    mail_server.plan.rcpt = "450 4.2.0 Greylisted"
    outcome = await channel(mail_server.url).send(weekly(attempts=TRIES_MAX - 1))
    assert isinstance(outcome, Refused)
    assert (outcome.bounce, outcome.reader_gone) == (0.5, False)


async def test_a_refused_sender_is_our_fault_and_put_off(mail_server: MailServer) -> None:
    mail_server.plan.mail = "550 5.7.1 Sender not allowed"
    assert await channel(mail_server.url).send(weekly()) == Deferred(NOW + FIRST_WAIT, "SMTP 550 5.7.1")


async def test_silence_after_the_final_dot_is_maybe_sent_and_keeps_its_message_id(
    mail_server: MailServer,
) -> None:
    mail_server.plan.hang_after_data = True
    assert isinstance(await channel(mail_server.url, timeout_s=1.0).send(weekly()), MaybeSent)
    mail_server.plan.hang_after_data = False
    again = replace(weekly(), attempts=1, maybe_repeat=True)
    assert isinstance(await channel(mail_server.url).send(again), Sent)
    first, second = mail_server.plan.messages()
    assert first["Message-ID"] == second["Message-ID"]


async def test_a_connection_lost_after_the_final_dot_is_maybe_sent(mail_server: MailServer) -> None:
    mail_server.plan.drop_after_data = True
    assert isinstance(await channel(mail_server.url).send(weekly()), MaybeSent)


async def test_nobody_listening_is_put_off() -> None:
    outcome = await channel(f"smtp://127.0.0.1:{free_port()}").send(weekly())
    assert outcome == Deferred(NOW + FIRST_WAIT, "SMTP ConnectionRefusedError")


async def test_each_try_waits_longer_for_a_day_then_gives_up() -> None:
    closed = channel(f"smtp://127.0.0.1:{free_port()}")
    waited, attempts = timedelta(0), 0
    outcome: Outcome = await closed.send(weekly())
    while isinstance(outcome, Deferred):
        waited += outcome.until - NOW
        assert outcome.until - NOW <= LONGEST_WAIT
        attempts += 1
        outcome = await closed.send(weekly(attempts=attempts))
    assert isinstance(outcome, Refused)
    assert not outcome.reader_gone
    assert attempts == TRIES_MAX - 1
    assert timedelta(hours=20) < waited < timedelta(hours=26)


async def test_a_server_without_the_encryption_asked_for_gets_nothing(mail_server: MailServer) -> None:
    outcome = await channel(f"{mail_server.url}?tls=starttls").send(weekly())
    assert outcome == Deferred(NOW + FIRST_WAIT, "SMTP SMTPNotSupportedError")
    assert mail_server.plan.received == []


async def test_an_alert_is_mailed_and_its_update_is_not(mail_server: MailServer) -> None:
    mail = channel(mail_server.url)
    assert isinstance(await mail.send(alert()), Sent)
    update = replace(alert(), kind=DeliveryKind.UPDATE, message_ref="<before>")
    assert await mail.send(update) == Sent("<before>")
    assert len(mail_server.plan.received) == 1


async def test_an_address_that_is_none_is_refused_without_a_call(mail_server: MailServer) -> None:
    reader = replace(weekly().reader, address="a@b.example>\r\nRCPT TO:<c@d.example")
    assert await channel(mail_server.url).send(weekly(reader=reader)) == Refused("not an e-mail address")
    assert mail_server.plan.received == []


async def test_a_mail_is_noted_to_leave_once_the_recipient_was_accepted_and_before_anything_is_taken(
    mail_server: MailServer,
) -> None:
    noted: list[int] = []

    async def leaves() -> None:
        noted.append(len(mail_server.plan.received))

    mail_server.plan.rcpt = "451 4.7.1 Greylisted"
    assert isinstance(await channel(mail_server.url).send(weekly(), leaves), Deferred)
    assert noted == []
    mail_server.plan.rcpt = "250 OK"
    assert isinstance(await channel(mail_server.url).send(weekly(), leaves), Sent)
    assert noted == [0]


async def test_a_mail_that_must_not_leave_any_more_is_cut_before_its_end(mail_server: MailServer) -> None:
    async def withdrawn() -> None:
        raise WithdrawnError("erased")

    with pytest.raises(WithdrawnError):
        await channel(mail_server.url).send(weekly(), withdrawn)
    assert isinstance(await channel(mail_server.url).send(weekly()), Sent)
    assert len(mail_server.plan.received) == 1


async def test_a_cancelled_sending_frees_its_thread_at_once() -> None:
    """A server that accepts and never says a word must not hold up a stop."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"smtp://127.0.0.1:{silent.getsockname()[1]}"
        task = asyncio.create_task(channel(url, timeout_s=60).send(weekly()))
        connection, _address = await asyncio.get_running_loop().run_in_executor(None, silent.accept)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        closed = threading.Event()

        def read_to_the_end() -> None:
            connection.settimeout(60)
            while connection.recv(1024):
                pass
            closed.set()

        await asyncio.get_running_loop().run_in_executor(None, read_to_the_end)
        connection.close()
    assert closed.is_set()
