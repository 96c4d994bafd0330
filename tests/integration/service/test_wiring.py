"""What is refused before anything is sent."""

import pytest

from comtoise.config import parse_config
from comtoise.errors import InputError
from comtoise.service.wiring import build_mail

ZONE = "version: 1\nzone: {departements: ['25']}\n"


def test_no_mail_leaves_in_the_name_of_the_example() -> None:
    with pytest.raises(InputError, match="expediteur_adresse"):
        build_mail(parse_config(ZONE.encode(), "config.yaml"), "smtp://127.0.0.1:2525")


def test_a_desk_with_a_name_may_write() -> None:
    config = parse_config((ZONE + "courriel: {expediteur_adresse: veille@desk.fr}\n").encode(), "config.yaml")
    assert build_mail(config, "smtp://127.0.0.1:2525")
