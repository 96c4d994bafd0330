"""What SpamAssassin thinks of our mails, by its local rules, where it is installed."""

import re
import shutil
import subprocess
from dataclasses import replace
from email.generator import BytesGenerator
from io import BytesIO

import pytest

from comtoise.delivery.mail.compose import compose
from comtoise.delivery.mail.policy import MAIL
from comtoise.delivery.mail.signing import Signer
from comtoise.demo.sample import sample_digest
from comtoise.model import Delivery, DeliveryKind
from integration.delivery.test_smtp import key_pair
from unit.delivery.made import NOW, SETTINGS, alert, weekly

SCORE_MAX = 1.0  #: SpamAssassin itself calls 5 spam


def wire(delivery: Delivery, signer: Signer) -> bytes:
    """The mail as it leaves."""
    stream = BytesIO()
    BytesGenerator(stream, policy=MAIL).flatten(compose(delivery, SETTINGS, NOW))
    return signer.sign(stream.getvalue())


@pytest.mark.skipif(shutil.which("spamassassin") is None, reason="SpamAssassin is not installed")
def test_no_mail_looks_like_spam() -> None:
    signer = Signer(domain="agence.example", selector="comtoise", key=key_pair()[0])
    mails = [
        weekly(),
        weekly(sample_digest("2026-11-25")),
        alert(),
        replace(weekly(), kind=DeliveryKind.CONFIRM, digest=None, asked_at=NOW),
    ]
    folder = b"".join(
        b"From MAILER-DAEMON Mon Nov 30 06:30:00 2026\n" + wire(each, signer).replace(b"\r\n", b"\n") + b"\n"
        for each in mails
    )
    judged = subprocess.run(
        ["spamassassin", "--local", "--mbox"], input=folder, capture_output=True, check=True, timeout=120
    ).stdout.decode("utf-8", "replace")
    status = re.findall(
        r"^X-Spam-Status: .*?score=(-?[\d.]+).*?tests=(.*?)(?=\n\S)", judged, re.MULTILINE | re.DOTALL
    )
    assert len(status) == len(mails)
    assert [(score, tests) for score, tests in status if float(score) >= SCORE_MAX] == []
