"""Secrets come from the environment, a .env file or files of their own, and show nowhere."""

from pathlib import Path

import pytest

from comtoise.config import Secrets, load_secrets, parse_config
from comtoise.errors import ConfigError

TOKEN = "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"


def revealed(secrets: Secrets) -> tuple[str | None, ...]:
    """Token, SMTP address, database address."""
    values = (secrets.telegram_bot_token, secrets.smtp_url, secrets.database_url)
    return tuple(value.get_secret_value() if value else None for value in values)


def test_nothing_is_required(tmp_path: Path) -> None:
    assert load_secrets({}, tmp_path / ".env") == Secrets()


def test_the_environment_wins_over_dotenv(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text(f"TELEGRAM_BOT_TOKEN={TOKEN}\nSMTP_URL='smtp://u:p$HOME@mail.example:587'\n")
    secrets = load_secrets({"SMTP_URL": "smtps://mail.example", "TELEGRAM_BOT_TOKEN": ""}, dotenv)
    assert revealed(secrets) == (TOKEN, "smtps://mail.example", None)
    assert revealed(load_secrets({}, dotenv))[1] == "smtp://u:p$HOME@mail.example:587"


def test_a_secret_may_be_a_file_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(TOKEN + "\n")
    file.chmod(0o600)
    assert revealed(load_secrets({"TELEGRAM_BOT_TOKEN_FILE": str(file)}))[0] == TOKEN


def test_values_never_show() -> None:
    secrets = load_secrets({"TELEGRAM_BOT_TOKEN": TOKEN, "SMTP_URL": "smtp://u:hunter2@mail.example"})
    shown = f"{secrets!r} {secrets} {secrets.model_dump_json()}"
    assert TOKEN not in shown
    assert "hunter2" not in shown


def written(path: Path, data: bytes, mode: int) -> str:
    path.write_bytes(data)
    path.chmod(mode)
    return str(path)


@pytest.mark.parametrize(
    ("data", "mode", "message"),
    [
        pytest.param(TOKEN.encode(), 0o644, "chmod 600", id="open-to-everyone"),
        pytest.param(b"\n", 0o600, "est vide", id="empty"),
        pytest.param(b"\xff\xfe", 0o600, "ce n’est pas du texte", id="binary"),
    ],
)
def test_a_bad_file_is_refused(tmp_path: Path, data: bytes, mode: int, message: str) -> None:
    with pytest.raises(ConfigError, match=message) as caught:
        load_secrets({"TELEGRAM_BOT_TOKEN_FILE": written(tmp_path / "token", data, mode)})
    assert "TELEGRAM_BOT_TOKEN_FILE" in str(caught.value)
    assert TOKEN not in str(caught.value)


def test_an_absent_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="le fichier n’existe pas"):
        load_secrets({"SMTP_URL_FILE": str(tmp_path / "absent")})


@pytest.mark.parametrize(
    ("environ", "message"),
    [
        pytest.param({"TELEGRAM_BOT_TOKEN": "hunter2"}, "@BotFather", id="token"),
        pytest.param({"SMTP_URL": "hunter2"}, "écrivez smtp://", id="smtp"),
        pytest.param({"DATABASE_URL": "mysql://u:hunter2@h/b"}, "postgresql://", id="database"),
        pytest.param({"TELEGRAM_API_URL": "hunter2"}, "http://", id="bot-api"),
        pytest.param({"TELEGRAM_WEBHOOK_URL": "http://hunter2"}, "https://", id="webhook"),
        pytest.param({"SMTP_URL": "smtp://h", "SMTP_URL_FILE": "/hunter2"}, "n’en gardez qu’un", id="both"),
    ],
)
def test_a_bad_value_is_refused_without_being_shown(environ: dict[str, str], message: str) -> None:
    with pytest.raises(ConfigError, match=message) as caught:
        load_secrets(environ)
    assert "hunter2" not in str(caught.value)


def test_a_dotenv_of_another_encoding_is_refused(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_bytes(b"SMTP_URL=smtp://caf\xe9\n")
    with pytest.raises(ConfigError, match="UTF-8"):
        load_secrets({}, dotenv)


def test_the_database_is_beside_the_configuration_unless_an_address_is_given(tmp_path: Path) -> None:
    config = parse_config(b"zone: {regions: [Corse]}\nbase_de_donnees: var/veille.sqlite\n", "config.yaml")
    beside = tmp_path / "config.yaml"
    assert Secrets().database(config, beside=beside) == f"sqlite:///{tmp_path}/var/veille.sqlite"
    given = load_secrets({"DATABASE_URL": "postgresql://db/veille"})
    assert given.database(config, beside=beside) == "postgresql://db/veille"
