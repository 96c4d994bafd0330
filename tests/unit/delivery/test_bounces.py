"""What comes back, in the forms that mail systems give it. The reports are invented."""

import pytest

from comtoise.delivery.mail.bounces import Bounce, Kind, read_bounce, verp
from comtoise.delivery.mail.links import token

SECRET = b"s" * 32
TO = verp("retours@agence.example", token(7, SECRET))


def report(*, to: str = TO, action: str = "failed", status: str = "5.1.1", words: str = "") -> bytes:
    """A report in the form of RFC 3464."""
    return f"""From: MAILER-DAEMON@mx.example
To: {to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

Votre message n'a pas pu etre remis.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; jeanne@atelier.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {words or status}

--b
Content-Type: message/rfc822

From: veille@agence.example
To: jeanne@atelier.example
Subject: La semaine

--b--
""".replace("\n", "\r\n").encode()


def letter(body: str, *, sender: str = "MAILER-DAEMON@mx.example", to: str = TO) -> bytes:
    """A report in no form at all."""
    return f"From: {sender}\r\nTo: {to}\r\nSubject: failure\r\n\r\n{body}\r\n".encode()


@pytest.mark.parametrize(
    ("raw", "kind", "status"),
    [
        pytest.param(report(), Kind.GONE, "5.1.1", id="no-such-user"),
        pytest.param(report(status="5.1.10"), Kind.GONE, "5.1.10", id="null-mx"),
        pytest.param(report(status="5.2.1"), Kind.GONE, "5.2.1", id="mailbox-closed"),
        pytest.param(report(status="5.2.2"), Kind.SOFT, "5.2.2", id="mailbox-full"),
        pytest.param(report(status="4.2.2"), Kind.SOFT, "4.2.2", id="full-for-now"),
        pytest.param(report(status="5.3.4"), Kind.HARD, "5.3.4", id="too-large"),
        pytest.param(report(status="5.7.1"), Kind.POLICY, "5.7.1", id="policy"),
        pytest.param(report(status="5.7.515"), Kind.POLICY, "5.7.515", id="not-authenticated"),
        pytest.param(
            report(status="5.0.0", words="550 Adresse d au moins un destinataire invalide. LPN416"),
            Kind.GONE,
            "5.0.0",
            id="french-invalid-recipient",
        ),
        pytest.param(
            report(status="5.0.0", words="552 Boite aux lettres pleine"), Kind.SOFT, "5.0.0", id="french-full"
        ),
        pytest.param(
            report(status="5.0.0", words="550 Service refuse, reputation OFR_506"),
            Kind.POLICY,
            "5.0.0",
            id="french-reputation",
        ),
        pytest.param(
            report(status="5.2.0", words="550 5.2.0 Mail rejete. Mail rejected. ofr_506 [506]"),
            Kind.POLICY,
            "5.2.0",
            id="french-reputation-under-another-code",
        ),
        pytest.param(
            report(status="5.0.0", words="554 IP 84.5.1.1 blocked: LPN007_510"),
            Kind.POLICY,
            "5.0.0",
            id="an-address-is-no-code",
        ),
        pytest.param(
            report(status="5.1.1", words="550 <jean@antispam.example> Boite inconnue"),
            Kind.GONE,
            "5.1.1",
            id="a-domain-that-sounds-like-a-policy",
        ),
        pytest.param(
            report(status="5.0.0", words="552 <jean@blocked.example> quota depasse"),
            Kind.SOFT,
            "5.0.0",
            id="full-in-french-at-such-a-domain",
        ),
        pytest.param(
            report(status="5.0.0", words="550 compte inexistant"), Kind.GONE, "5.0.0", id="no-such-account"
        ),
        pytest.param(
            report(status="4.7.1", words="421 4.7.1 too many connections"),
            Kind.POLICY,
            "4.7.1",
            id="too-fast",
        ),
        pytest.param(letter("550 utilisateur inconnu"), Kind.GONE, "550", id="words-only"),
        pytest.param(letter("something went wrong"), Kind.SOFT, "", id="no-reason-at-all"),
        pytest.param(
            report(action="expired", status="4.4.7", words="delivery time expired"),
            Kind.SOFT,
            "4.4.7",
            id="expired",
        ),
    ],
)
def test_a_report_says_who_and_what(raw: bytes, kind: Kind, status: str) -> None:
    assert read_bounce(raw, SECRET) == Bounce(7, kind, status)


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(report(action="delayed", status="4.4.1"), id="a-delay"),
        pytest.param(report(to="retours@agence.example"), id="no-token"),
        pytest.param(report(to=verp("retours@agence.example", "7-" + "0" * 32)), id="forged-token"),
        pytest.param(
            report(to=verp("retours@agence.example", token(7, b"x" * 32))), id="token-of-another-desk"
        ),
        pytest.param(letter("Je suis en vacances", sender="jeanne@atelier.example"), id="out-of-office"),
        pytest.param(letter("550 user unknown", sender="spam@example.org"), id="spam-that-looks-like-one"),
        pytest.param(b"", id="nothing"),
        pytest.param(b"\xff\xfe\x00 not a mail", id="not-a-mail"),
    ],
)
def test_anything_else_is_held_against_nobody(raw: bytes) -> None:
    assert read_bounce(raw, SECRET) is None
