"""The bot as the service builds it: who its administrators are, where Telegram may call."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from comtoise.config import Config, Secrets, parse_config
from comtoise.errors import ConfigError
from comtoise.service.wiring import build_bot, build_desk, take_over
from comtoise.store import Database

TEXT = "zone: {departements: [25]}\nadministrateurs: 11, 12\nsources: {paquet: non}\n"
SITE = "site: {adresse: 'https://veille.example', ecoute: '127.0.0.1:8080'}\n"
TOKEN = SecretStr("42:not-a-real-token")


def config(more: str = "") -> Config:
    return parse_config((TEXT + more).encode(), "config.yaml")


@pytest.fixture
def sqlite(tmp_path: Path) -> Database:
    database = Database.open(f"sqlite:///{tmp_path / 'c.sqlite'}")
    database.upgrade()
    return database


def test_the_administrators_follow_the_configuration(sqlite: Database, tmp_path: Path) -> None:
    desk = build_desk(
        config(), Secrets(telegram_bot_token=TOKEN), sqlite, config_path=tmp_path / "config.yaml"
    )
    assert desk.bot is not None
    bureau = desk.bot.desk.bureau
    assert bureau.administrators == {11, 12}
    assert bureau.newsroom is not None
    take_over(desk, parse_config(TEXT.replace("11, 12", "13").encode(), "config.yaml"))
    assert bureau.administrators == {13}


def test_where_telegram_may_call_is_served(sqlite: Database) -> None:
    secrets = Secrets(telegram_bot_token=TOKEN, telegram_webhook_url="https://veille.example")
    bot = build_bot(config(SITE), secrets, sqlite)
    assert bot is not None
    assert bot.webhook is not None
    assert bot.webhook.address.startswith("https://veille.example/telegram/")
    asked = build_bot(config(), Secrets(telegram_bot_token=TOKEN), sqlite)
    assert asked is not None
    assert asked.webhook is None, "by default the bot asks, and no port is opened"


def test_telegram_cannot_call_where_nothing_is_served(sqlite: Database) -> None:
    secrets = Secrets(telegram_bot_token=TOKEN, telegram_webhook_url="https://veille.example")
    with pytest.raises(ConfigError, match="TELEGRAM_WEBHOOK_URL"):
        build_bot(config(), secrets, sqlite)
