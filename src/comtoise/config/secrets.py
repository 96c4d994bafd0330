"""What must not stand in config.yaml: tokens and passwords, from the environment or a `.env` file.

Each secret may also be given as a file (``TELEGRAM_BOT_TOKEN_FILE=/run/secrets/token``), which only its owner
and group may read. The environment wins over `.env`. Values never show in a message, a log or a repr.
"""

import re
import stat
from collections.abc import Mapping
from pathlib import Path

from dotenv import dotenv_values
from pydantic import BaseModel, ConfigDict, SecretStr

from comtoise.config.schema import Config
from comtoise.errors import ConfigError
from comtoise.files import refused_reading
from comtoise.i18n import _

_FILE_MAX = 64 * 1024


class Secrets(BaseModel):
    """The secrets of one desk; None for what was not given."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    telegram_bot_token: SecretStr | None = None
    smtp_url: SecretStr | None = None
    database_url: SecretStr | None = None
    dkim_private_key: SecretStr | None = None  #: PEM
    telegram_api_url: str | None = None  #: a Bot API server of one's own, instead of Telegram's
    telegram_webhook_url: str | None = None  #: where Telegram may call: the public root of the pages, https

    def database(self, config: Config, *, beside: Path) -> str:
        """The address of the database: DATABASE_URL, else the SQLite file that *config* names.

        Args:
            beside: Path of config.yaml; a relative database path starts from its folder.
        """
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{(beside.parent / config.database_path).resolve()}"


def load_secrets(environ: Mapping[str, str], dotenv_path: Path | None = None) -> Secrets:
    """Read the secrets.

    Raises:
        ConfigError: a file is absent, unreadable or open to everyone; a value has the wrong form.
    """
    given = _dotenv(dotenv_path) | {name: value for name, value in environ.items() if value}
    token = _secret(given, "TELEGRAM_BOT_TOKEN")
    smtp = _secret(given, "SMTP_URL")
    database = _secret(given, "DATABASE_URL")
    dkim_key = _secret(given, "DKIM_PRIVATE_KEY")
    if token and not re.fullmatch(r"\d{3,}:[A-Za-z0-9_-]{10,}", token):
        raise ConfigError(
            _(
                "TELEGRAM_BOT_TOKEN n’a pas la forme d’un jeton : recopiez celui que donne @BotFather, "
                "par exemple 123456789:AA…"
            )
        )
    if smtp and not re.match(r"smtps?://[^\s/]+", smtp):
        raise ConfigError(
            _("SMTP_URL n’a pas la bonne forme : écrivez smtp://utilisateur:mot-de-passe@serveur:587")
        )
    if database and not re.match(r"(sqlite|postgres(ql)?)(\+\w+)?://", database):
        raise ConfigError(
            _(
                "DATABASE_URL n’a pas la bonne forme : écrivez sqlite:////chemin/comtoise.sqlite "
                "ou postgresql://utilisateur:mot-de-passe@serveur/base"
            )
        )
    api = given.get("TELEGRAM_API_URL", "").strip() or None
    if api and not re.match(r"https?://[^\s/]+", api):
        raise ConfigError(_("TELEGRAM_API_URL doit commencer par http:// ou https://"))
    webhook = given.get("TELEGRAM_WEBHOOK_URL", "").strip() or None
    if webhook and not re.match(r"https://[^\s/]+", webhook):
        raise ConfigError(
            _("TELEGRAM_WEBHOOK_URL doit commencer par https:// : Telegram n’appelle rien d’autre.")
        )
    return Secrets(
        telegram_bot_token=SecretStr(token) if token else None,
        smtp_url=SecretStr(smtp) if smtp else None,
        database_url=SecretStr(database) if database else None,
        dkim_private_key=SecretStr(dkim_key) if dkim_key else None,
        telegram_api_url=api,
        telegram_webhook_url=webhook,
    )


def _dotenv(path: Path | None) -> dict[str, str]:
    if path is None or not path.exists():
        return {}
    try:
        # No interpolation: a « $ » in a password is a « $ ».
        values = dotenv_values(path, interpolate=False, encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            _("Le fichier {path} ne peut pas être lu : vérifiez ses droits et son encodage (UTF-8).").format(
                path=path
            )
        ) from error
    return {name: value for name, value in values.items() if value}


def _secret(given: Mapping[str, str], name: str) -> str | None:
    value = given.get(name, "").strip()
    path = given.get(f"{name}_FILE", "").strip()
    if value and path:
        raise ConfigError(
            _("{name} et {name}_FILE sont donnés tous les deux : n’en gardez qu’un.").format(name=name)
        )
    return _read(name, Path(path)) if path else value or None


def _read(name: str, path: Path) -> str:
    variable = f"{name}_FILE"
    try:
        mode = path.stat().st_mode
        if stat.S_ISREG(mode) and mode & stat.S_IROTH:
            raise ConfigError(
                _(
                    "{variable} : le fichier {path} peut être lu par tous les utilisateurs de la machine ; "
                    "tapez : chmod 600 {path}"
                ).format(variable=variable, path=path)
            )
        value = path.read_bytes()[:_FILE_MAX].decode("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = refused_reading(error)[0] if isinstance(error, OSError) else _("ce n’est pas du texte")
        raise ConfigError(
            _("{variable} : le fichier {path} ne peut pas être lu ({reason}).").format(
                variable=variable, path=path, reason=reason
            )
        ) from error
    if not value:
        raise ConfigError(_("{variable} : le fichier {path} est vide.").format(variable=variable, path=path))
    return value
