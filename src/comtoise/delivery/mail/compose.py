"""A delivery as one e-mail: text part first and whole, HTML part beside it, nothing attached, nothing
fetched.

The headers are those of a list one asked for (RFC 2369, 2919, 8058) and of an automatic message (RFC 3834). A
title goes into the subject with every control and separator character made a space: a hostile feed can
neither inject a header nor stop the run.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage

from comtoise.delivery.confirmation import Confirmation
from comtoise.delivery.html import alert_html, digest_html
from comtoise.delivery.letter import Footer, one_line
from comtoise.delivery.mail.addresses import is_address
from comtoise.delivery.mail.bounces import verp
from comtoise.delivery.mail.links import CONFIRM_WITHIN, Links, token
from comtoise.delivery.mail.policy import MAIL
from comtoise.delivery.picture import Picture, picture_of
from comtoise.delivery.text import alert_text, digest_text
from comtoise.delivery.zones import zone_of
from comtoise.digests.facts import subject
from comtoise.digests.followups import announcement
from comtoise.errors import InputError
from comtoise.i18n import _
from comtoise.model import Delivery, DeliveryKind, Reader, Rhythm
from comtoise.text.typography import shorten, typo, wide

_PICTURE_ID = "semaine@comtoise"
SUBJECT_MAX = 60  #: characters; what a telephone shows of a subject


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettings:
    """Who sends, in whose name, and where the answers go."""

    sender: str  #: the From address; its domain is also that of List-Id and Message-ID
    sender_name: str = "Comtoise"
    reply_to: str | None = None  #: read by a person; the sender's address by default
    bounces: str | None = None  #: envelope address; « +token » is added before the @ for each reader (VERP)
    identity: str = ""  #: name and postal address, at the foot
    links: Links | None = None  #: the desk's pages, when it has a web address
    unconfirmed_days: int = 7  #: after which an inscription that was not confirmed is erased

    @property
    def domain(self) -> str:
        """The domain of the sender."""
        return self.sender.rpartition("@")[2]

    def __post_init__(self) -> None:
        for address in (self.sender, self.reply_to, self.bounces):
            if address is not None and not is_address(address):
                raise InputError(
                    _("« {address} » n’est pas une adresse de courriel.").format(address=address)
                )


def compose(delivery: Delivery, settings: MailSettings, now: datetime) -> EmailMessage:
    """Return the mail of an alert or a digest, ready to be sent; its `policy` writes it correctly.

    The same delivery gives the same ``Message-ID`` whenever it is composed, so that a repeat after a doubt is
    shown once by the mail programs that look at it.

    Args:
        now: Aware; the date of the message.
    Raises:
        ValueError: the delivery holds nothing to tell, or the reader's address is none.
    """
    reader = delivery.reader
    if not is_address(reader.address):
        raise ValueError("not an e-mail address")
    footer = _footer(delivery, settings)
    tz = zone_of(reader)
    picture: Picture | None = None
    if delivery.kind is DeliveryKind.CONFIRM:
        asked = _confirmation(delivery, settings)
        title, text, html = asked.subject, asked.text(), asked.html()
    elif delivery.digest is not None:
        title = delivery.digest.title
        picture = picture_of(delivery.digest)
        said = picture.alt if picture else ""
        text = digest_text(delivery.digest, tz=tz, footer=footer, picture=said)
        source = f"cid:{_PICTURE_ID}" if picture else ""
        html = digest_html(delivery.digest, tz=tz, footer=footer, picture=said, source=source)
    elif delivery.story is not None:
        added = announcement(delivery.news)
        title = added or subject(delivery.story, SUBJECT_MAX)
        text = (f"{added}\n\n" if added else "") + alert_text(delivery.story, tz=tz, footer=footer)
        html = alert_html(delivery.story, tz=tz, footer=footer)
    else:
        raise ValueError("a delivery without content")
    message = EmailMessage(policy=MAIL)
    message["From"] = _mailbox(settings.sender, settings.sender_name)
    message["To"] = _mailbox(reader.address)
    message["Reply-To"] = _mailbox(settings.reply_to or settings.sender, settings.sender_name)
    message["Subject"] = wide(shorten(one_line(title), SUBJECT_MAX)) or "Comtoise"
    message["Date"] = now
    message["Message-ID"] = message_id(delivery, settings.domain)
    if delivery.kind is DeliveryKind.FOLLOW_UP and delivery.message_ref:
        message["In-Reply-To"] = message["References"] = delivery.message_ref
    _list_headers(message, reader, settings)
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    if picture is not None:
        *_others, shown = message.iter_parts()
        shown.add_related(
            picture.png, "image", "png", cid=f"<{_PICTURE_ID}>", disposition="inline", filename="semaine.png"
        )
    return message


def message_id(delivery: Delivery, domain: str) -> str:
    """Return the ``Message-ID`` of *delivery*: stable, and without anything that names the reader."""
    content = delivery.digest.slot.key if delivery.digest else (delivery.story.id if delivery.story else "")
    seed = f"{delivery.kind}:{delivery.id}:{delivery.reader.id}:{content}"
    return f"<comtoise.{delivery.id}.{hashlib.sha256(seed.encode()).hexdigest()[:16]}@{domain}>"


def envelope_sender(reader: Reader, settings: MailSettings) -> str:
    """Return the address to which servers send their refusals of what *reader* is sent."""
    if settings.bounces is None or settings.links is None:
        return settings.bounces or settings.sender
    return verp(settings.bounces, token(reader.id, settings.links.secret))


def _list_headers(message: EmailMessage, reader: Reader, settings: MailSettings) -> None:
    message["List-Id"] = f"<veille.{settings.domain}>"
    mailto = f"<mailto:{settings.reply_to or settings.sender}?subject=desabonnement>"
    if settings.links is None:
        message["List-Unsubscribe"] = mailto
        return
    message["List-Unsubscribe"] = f"<{settings.links.unsubscribe(reader)}>, {mailto}"
    if settings.links.base_url.startswith("https://"):
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message["List-Help"] = f"<{settings.links.settings(reader)}>"


def _footer(delivery: Delivery, settings: MailSettings) -> Footer:
    rhythm = delivery.digest.slot.rhythm if delivery.digest else Rhythm.INSTANT
    reason = {
        Rhythm.INSTANT: _("Vous recevez cette alerte parce que vous suivez ces sujets."),
        Rhythm.DAILY: _(
            "Vous recevez cette lettre chaque matin où il y a du nouveau, parce que vous l’avez demandée."
        ),
        Rhythm.WEEKLY: _("Vous recevez cette lettre chaque semaine, parce que vous l’avez demandée."),
    }[rhythm]
    links = settings.links
    if links is None:
        reason += " " + _("Pour ne plus la recevoir, répondez « stop » à ce courriel.")
        return Footer(reason=typo(reason), identity=settings.identity)
    return Footer(
        reason=typo(reason),
        unsubscribe_url=links.unsubscribe(delivery.reader),
        settings_url=links.settings(delivery.reader),
        privacy_url=links.privacy(),
        identity=settings.identity,
    )


def _confirmation(delivery: Delivery, settings: MailSettings) -> Confirmation:
    if settings.links is None or delivery.asked_at is None:
        raise ValueError("no page where to confirm")
    return Confirmation(
        url=settings.links.confirm(delivery.reader, delivery.asked_at),
        within=CONFIRM_WITHIN,
        days=settings.unconfirmed_days,
        identity=settings.identity,
    )


def _mailbox(address: str, name: str = "") -> Address:
    local, _at, domain = address.rpartition("@")
    return Address(display_name=one_line(name), username=local, domain=domain)
