"""The addresses a mail carries for its reader."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comtoise.delivery.mail.links import Links, reader_of, token
from comtoise.errors import InputError
from unit.delivery.made import LINKS, READER

SECRET = b"a secret of the tests"


def test_each_address_names_the_reader_and_proves_it() -> None:
    mark = LINKS.unsubscribe(READER).removeprefix("https://veille.example/desabonnement/")
    assert reader_of(mark, SECRET) == READER.id
    assert LINKS.settings(READER).endswith(mark)
    assert "lectrice" not in LINKS.unsubscribe(READER)


def test_it_stays_the_same_from_mail_to_mail() -> None:
    assert LINKS.unsubscribe(READER) == Links("https://veille.example/", SECRET).unsubscribe(READER)


@given(reader=st.integers(0, 10**17), other=st.integers(0, 10**17))
def test_a_token_opens_its_own_reader_only(reader: int, other: int) -> None:
    assert reader_of(token(reader, SECRET), SECRET) == reader
    assert reader_of(token(reader, SECRET), b"another secret") is None
    if reader != other:
        assert reader_of(f"{other}-{token(reader, SECRET).partition('-')[2]}", SECRET) is None


@given(st.text(max_size=80))
def test_anything_else_is_nobody(text: str) -> None:
    assert reader_of(text, SECRET) is None


@pytest.mark.parametrize(
    "mark", ["007-", "7", "-", "٧-abc", "7-é", token(7, SECRET).upper(), "0" + token(7, SECRET)]
)
def test_another_writing_of_a_token_is_nobody(mark: str) -> None:
    assert reader_of(mark, SECRET) is None


def test_the_secret_is_not_shown() -> None:
    assert "secret" not in repr(LINKS).replace("Links", "")


@pytest.mark.parametrize("address", ["veille.example", "ftp://veille.example", "https://é.example"])
def test_an_address_that_is_none_is_refused_in_words(address: str) -> None:
    with pytest.raises(InputError, match="https://"):
        Links(address, SECRET)
