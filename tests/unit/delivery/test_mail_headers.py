"""The raw headers of a mail: what servers and mail programs really read."""

import email
import re
from dataclasses import replace
from datetime import timedelta
from email import policy
from email.header import decode_header, make_header
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comtoise.delivery.letter import one_line
from comtoise.delivery.mail import MailSettings, compose
from comtoise.delivery.mail.compose import SUBJECT_MAX, envelope_sender
from comtoise.delivery.mail.links import token
from comtoise.delivery.mail.policy import MAIL
from comtoise.demo.sample import sample_digest, sample_stories
from comtoise.errors import InputError
from comtoise.model import Channel, Reader
from unit.delivery.made import NOW, READER, SETTINGS, alert, retitled, weekly

LONG_FRENCH = (
    "À Besançon, l’équipementier « Forgeval » relève à 12,5 M€ son investissement après l’été, "
    "dès l’arrivée du deuxième four électrique"
)


def headers_of(message: EmailMessage) -> str:
    """The header block as it goes to the server."""
    return message.as_bytes().split(b"\r\n\r\n", 1)[0].decode("ascii")


def read(message: EmailMessage) -> EmailMessage:
    """What a mail program reads of it."""
    return email.message_from_bytes(message.as_bytes(), policy=policy.default)


def with_header(name: str, value: str) -> EmailMessage:
    message = EmailMessage(policy=MAIL)
    message[name] = value
    message.set_content("x")
    return message


@pytest.mark.parametrize("repeat", [1, 3, 9])
def test_a_long_french_subject_is_encoded_in_words_of_75_that_are_not_glued(repeat: int) -> None:
    message = with_header("Subject", " ".join([LONG_FRENCH] * repeat))
    raw = headers_of(message)
    words = re.findall(r"=\?[^?]+\?[bq]\?[^?]*\?=", raw, re.IGNORECASE)
    assert len(words) > 1
    assert max(map(len, words)) <= 75
    assert "?==?" not in raw
    assert max(map(len, raw.split("\r\n"))) <= 78
    assert read(message)["Subject"] == " ".join([LONG_FRENCH] * repeat)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]) | st.just(" "), max_size=200))
@settings(max_examples=200)
def test_any_title_survives_as_a_subject(text: str) -> None:
    title = one_line(text)
    message = with_header("Subject", title)
    raw = headers_of(message)
    assert all(len(word) <= 75 for word in re.findall(r"=\?utf-8\?\S*\?=", raw))
    assert "?==?" not in raw
    assert "".join(read(message)["Subject"].split()) == "".join(title.split())


def test_a_long_sender_name_is_encoded_and_its_address_is_not() -> None:
    name = "Comtoise, la veille de l’industrie en Bourgogne-Franche-Comté et dans l’Ain, éditée à Besançon"
    message = compose(weekly(), replace(SETTINGS, sender_name=name), NOW)
    raw = headers_of(message)
    assert "<veille@agence.example>" in raw
    assert "?==?" not in raw
    assert all(len(word) <= 75 for word in re.findall(r"=\?utf-8\?\S*?\?=", raw))
    line = re.search(r"^From: ((?:.*\r\n )*.*)", raw, re.MULTILINE)
    assert line
    # By RFC 2047's own rule: Python's parser of addresses keeps the spaces between encoded-words.
    assert str(make_header(decode_header(line[1].replace("\r\n", "")))) == f"{name} <veille@agence.example>"


def test_the_list_headers_go_out_on_one_line_as_they_are() -> None:
    long_base = replace(SETTINGS.links, base_url="https://veille." + "tres-longue-adresse." * 6 + "example")  # type: ignore[type-var]
    raw = headers_of(compose(weekly(), replace(SETTINGS, links=long_base), NOW))
    line = next(line for line in raw.split("\r\n") if line.startswith("List-Unsubscribe:"))
    assert line.startswith("List-Unsubscribe: <https://veille.tres")
    assert line.endswith(">, <mailto:veille@agence.example?subject=desabonnement>")
    assert len(line) > 78
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in raw.split("\r\n")
    assert "List-Id: <veille.agence.example>" in raw.split("\r\n")


def test_a_list_header_that_is_not_ascii_is_refused_rather_than_encoded() -> None:
    with pytest.raises(ValueError, match="ASCII"):
        with_header("List-Help", "<https://é.example>").as_bytes()


def test_without_a_web_address_one_writes_to_stop_and_nothing_is_one_click() -> None:
    message = compose(weekly(), replace(SETTINGS, links=None), NOW)
    assert message["List-Unsubscribe"] == "<mailto:veille@agence.example?subject=desabonnement>"
    assert message["List-Unsubscribe-Post"] is None
    assert "répondez « stop »" in text_of(message)


def test_without_tls_on_the_web_address_nothing_is_one_click() -> None:
    plain = replace(SETTINGS.links, base_url="http://localhost:8000")  # type: ignore[type-var]
    message = compose(weekly(), replace(SETTINGS, links=plain), NOW)
    assert message["List-Unsubscribe-Post"] is None
    assert "<http://localhost:8000/desabonnement/7-" in str(message["List-Unsubscribe"])


def test_an_automatic_message_says_so() -> None:
    message = compose(weekly(), SETTINGS, NOW)
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "OOF, AutoReply"
    assert message["Date"].datetime == NOW
    assert message["To"] == READER.address


HOSTILE = [
    pytest.param("Titre\r\nBcc: tous@ailleurs.example", id="crlf"),
    pytest.param("Titre\nX-Injection: 1", id="lf"),
    pytest.param("Titre\u2028Bcc: a@b.example", id="line-separator"),
    pytest.param("Titre\x85Bcc: a@b.example", id="next-line"),
    pytest.param("Titre\x0bBcc: a@b.example\x00", id="vertical-tab-and-nul"),
    pytest.param("\u202eertiT\u202c", id="right-to-left-override"),
    pytest.param("\ud800 seul", id="lone-surrogate"),
    pytest.param("=?utf-8?q?Bcc=3A?= piège", id="already-encoded"),
    pytest.param("é" * 5000, id="five-thousand-characters"),
    pytest.param("<b>&\"'</b> 🎉", id="markup-and-emoji"),
    pytest.param("\r\n\t ", id="nothing-left"),
]


@pytest.mark.parametrize("title", HOSTILE)
def test_no_title_injects_a_header_or_stops_the_run(title: str) -> None:
    digest = replace(sample_digest(), title=title)
    for delivery in (weekly(digest), alert(retitled(replace(sample_stories()[7]), title))):
        message = read(compose(delivery, SETTINGS, NOW))
        assert message["Bcc"] is None
        assert message["X-Injection"] is None
        assert len(message.keys()) == len(compose(weekly(), SETTINGS, NOW).keys())
        assert 0 < len(message["Subject"]) <= SUBJECT_MAX
        assert message["Subject"].isprintable() or "\u00a0" in message["Subject"]


def test_the_subject_is_the_biggest_fact() -> None:
    assert read(compose(weekly(), SETTINGS, NOW))["Subject"].replace("\u00a0", " ") == (
        "Aubrisse Plasturgie : investissement de 12,5 M€"
    )


def test_the_same_delivery_keeps_its_message_id_and_another_has_its_own() -> None:
    first = compose(weekly(), SETTINGS, NOW)["Message-ID"]
    again = compose(replace(weekly(), attempts=3, maybe_repeat=True), SETTINGS, NOW + timedelta(hours=2))
    assert again["Message-ID"] == first
    assert compose(weekly(id_=43), SETTINGS, NOW)["Message-ID"] != first
    assert str(first).endswith("@agence.example>")
    assert "lectrice" not in str(first)


def test_the_text_comes_first_then_the_page_with_its_picture_and_nothing_else() -> None:
    message = read(compose(weekly(), SETTINGS, NOW))
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
    ]
    *_others, page, picture = message.walk()
    assert isinstance(page, EmailMessage)
    assert f'src="cid:{picture["Content-ID"].strip("<>")}"' in page.get_content()


def test_a_mail_of_the_morning_or_of_the_moment_has_no_picture() -> None:
    for delivery in (weekly(sample_digest("2026-11-25")), alert()):
        message = read(compose(delivery, SETTINGS, NOW))
        assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]


def test_every_line_on_the_wire_is_short_and_ascii() -> None:
    for delivery in (weekly(), alert()):
        raw = compose(delivery, SETTINGS, NOW).as_bytes()
        assert raw.isascii()
        assert max(len(line) for line in raw.split(b"\r\n")) <= 200
        assert b"\n" not in raw.replace(b"\r\n", b"")


def test_bounces_come_back_to_an_address_of_the_readers_own() -> None:
    assert envelope_sender(READER, SETTINGS) == "veille@agence.example"
    back = replace(SETTINGS, bounces="retours@agence.example")
    assert SETTINGS.links is not None
    expected = f"retours+{token(READER.id, SETTINGS.links.secret)}@agence.example"
    assert envelope_sender(READER, back) == expected
    assert len(expected.partition("@")[0]) <= 64  # RFC 5321, 4.5.3.1.1


@pytest.mark.parametrize(
    "address",
    [
        "",
        "veille",
        "@agence.example",
        "a b@c.example",
        "a@b.example, c@d.example",
        "a@b.example\r\nX: 1",
        "é@a.fr",
    ],
)
def test_a_sender_that_is_no_address_is_refused_in_words(address: str) -> None:
    with pytest.raises(InputError, match="n’est pas une adresse"):
        MailSettings(sender=address)


def test_a_reader_whose_address_is_a_list_is_not_written_to() -> None:
    reader = Reader(id=1, channel=Channel.MAIL, address="a@b.example,c@d.example")
    with pytest.raises(ValueError, match="address"):
        compose(weekly(reader=reader), SETTINGS, NOW)


def text_of(message: EmailMessage) -> str:
    part = read(message).get_body(("plain",))
    assert part is not None
    return " ".join(part.get_content().replace("\u00a0", " ").split())
