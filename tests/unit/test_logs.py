"""No secret in a log, wherever it hides."""

import io
import logging

import pytest
import structlog

from comtoise import logs

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsawX"


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        pytest.param(
            f"POST https://api.telegram.org/bot{TOKEN}/sendMessage", TOKEN, id="token-in-an-address"
        ),
        pytest.param("smtps://desk:s3cret@smtp.example", "s3cret", id="password-in-an-address"),
        pytest.param("sent to lectrice@exemple.fr", "lectrice@exemple.fr", id="reader"),
        pytest.param("Group migrated. New chat id: -1004204204244", "4204204244", id="group"),
        pytest.param("parameters {'chat_id': 4204204242}", "4204204242", id="chat"),
    ],
)
def test_a_secret_is_taken_out_of_any_line(text: str, secret: str) -> None:
    assert secret not in logs.redact(text)


def test_nothing_passes_the_set_up_whatever_the_way() -> None:
    stream = io.StringIO()
    before = logging.getLogger().handlers[:]
    try:
        logs.set_up("debug", stream=stream)
        logging.getLogger("httpx").info("POST https://api.telegram.org/bot%s/getMe", TOKEN)
        logging.getLogger("other").warning("arguments: %s", TOKEN)
        structlog.get_logger("desk").info("event", address="lectrice@exemple.fr", url=f"https://x/bot{TOKEN}")
        try:
            raise ValueError(f"in a traceback: {TOKEN}")
        except ValueError:
            logging.getLogger("other").exception("failed")
    finally:
        logging.getLogger().handlers[:] = before
        structlog.reset_defaults()
    written = stream.getvalue()
    assert "in a traceback" in written
    assert TOKEN not in written
    assert "lectrice@exemple.fr" not in written
    assert "getMe" not in written, "httpx is silent below a warning"
