"""``SMTP_URL``."""

import pytest

from comtoise.delivery.mail import SmtpServer
from comtoise.errors import ConfigError


@pytest.mark.parametrize(
    ("url", "port", "tls"),
    [
        pytest.param("smtp://u:p@mail.example", 587, "starttls", id="submission"),
        pytest.param("smtp://u:p@mail.example:2525", 2525, "starttls", id="another-port"),
        pytest.param("smtps://u:p@mail.example", 465, "direct", id="tls-from-the-start"),
        pytest.param("smtp://localhost:1025", 1025, "none", id="on-this-machine"),
        pytest.param("smtp://[::1]:1025", 1025, "none", id="on-this-machine-v6"),
        pytest.param("smtp://127.0.0.1:1025?tls=starttls", 1025, "starttls", id="on-this-machine-encrypted"),
        pytest.param("smtp://relais.example:25?tls=none", 25, "none", id="given-up-without-password"),
    ],
)
def test_encryption_is_the_rule(url: str, port: int, tls: str) -> None:
    server = SmtpServer.parse(url)
    assert (server.port, server.tls) == (port, tls)


def test_user_and_password_are_unquoted_and_the_password_is_not_shown() -> None:
    server = SmtpServer.parse("smtp://moi%40agence.example:s%3Acret%2F@mail.example")
    assert (server.user, server.password) == ("moi@agence.example", "s:cret/")
    assert "cret" not in repr(server)


@pytest.mark.parametrize(
    "url",
    [
        "", "mail.example", "http://mail.example", "smtp://", "smtp://mail.example:port", "smtp://[::1",
        "smtp://mail.example?tls=oui", "smtps://mail.example?tls=none", "smtp://u:motdepasse@mail.example?tls=none",
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_in_french_without_the_password(url: str) -> None:
    with pytest.raises(ConfigError, match="SMTP_URL") as caught:
        SmtpServer.parse(url)
    assert "motdepasse" not in str(caught.value)
