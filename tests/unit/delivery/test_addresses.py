"""What is an address of a mailbox, and which is the same."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comtoise.delivery.mail.addresses import is_address, mailbox, typed
from comtoise.delivery.mail.compose import compose
from comtoise.model import Channel, Reader
from unit.delivery.made import NOW, SETTINGS, alert


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        pytest.param(" Jean.Petit@Mairie.Example ", "jean.petit@mairie.example", id="capitals-and-spaces"),
        pytest.param("jean+veille@mairie.example", "jean+veille@mairie.example", id="plus"),
        pytest.param("o’neil@mairie.example", None, id="curly-apostrophe"),
        pytest.param("o'neil@mairie.example", "o'neil@mairie.example", id="apostrophe"),
        pytest.param("jean@été.example", "jean@xn--t-9fab.example", id="accent-in-domain"),
        pytest.param("é@mairie.example", None, id="accent-before"),
        pytest.param('"jean petit"@mairie.example', None, id="quotes"),
        pytest.param("jean@mairie", None, id="no-dot"),
        pytest.param("jean@mairie..example", None, id="two-dots"),
        pytest.param("jean@mairie+1.example", None, id="plus-in-domain"),
        pytest.param("jean@-mairie.example", None, id="hyphen-first"),
        pytest.param("jean@[192.0.2.7]", None, id="number"),
        pytest.param("a" * 300 + "@mairie.example", None, id="three-hundred-characters"),
        pytest.param("jean@mairie.example\r\nBcc: x@y.example", None, id="two-lines"),
        pytest.param("jean@mairie.example\x00", None, id="nul"),
        pytest.param("jean@mairie.example,x@y.example", None, id="two"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_what_is_kept_of_what_is_typed(written: str, kept: str | None) -> None:
    assert typed(written) == kept


@settings(deadline=None)  # the first page is made of templates that are read then
@given(st.text(max_size=300) | st.from_regex(r"[a-zA-Z.+'\"@-]{1,20}@[a-z.-]{1,20}"))
def test_whatever_is_typed_is_no_address_or_one_that_a_mail_can_be_written_to(text: str) -> None:
    kept = typed(text)
    if kept is not None:
        assert is_address(kept)
        assert typed(kept) == kept
        reader = Reader(id=7, channel=Channel.MAIL, address=kept)
        assert str(compose(replace(alert(), reader=reader), SETTINGS, NOW)["To"]) == kept


def test_a_mailbox_is_known_under_all_its_addresses() -> None:
    assert mailbox("jean+1@mairie.example") == mailbox("jean@mairie.example") == "jean@mairie.example"
