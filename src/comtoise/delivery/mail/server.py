"""The address of a mail server: ``SMTP_URL``."""

from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

from comtoise.errors import ConfigError
from comtoise.i18n import _

_EXAMPLE = "smtp://utilisateur:mot-de-passe@smtp.exemple.fr:587"
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpServer:
    """Where mails are handed over, and how the way there is kept secret."""

    host: str
    port: int
    tls: str  #: « direct » (smtps://), « starttls », or « none » (a server on this machine)
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    @classmethod
    def parse(cls, url: str) -> "SmtpServer":
        """Read ``smtp://user:password@host:587`` (STARTTLS) or ``smtps://…:465`` (TLS from the start).

        STARTTLS is required, not merely used when offered: someone on the way could hide the offer. A server
        on the loopback needs none; ``?tls=none`` gives it up elsewhere, and then no password is sent.

        Raises:
            ConfigError: in French, without the password.
        """
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError:
            host, port, parts = None, None, urlsplit("")
        if parts.scheme not in ("smtp", "smtps") or not host:
            raise ConfigError(_("SMTP_URL est illisible ; exemple : {example}").format(example=_EXAMPLE))
        direct = parts.scheme == "smtps"
        wanted = parse_qs(parts.query).get("tls", [""])[0]
        if wanted not in ("", "starttls", "none") or (direct and wanted):
            raise ConfigError(_("SMTP_URL : « tls » vaut starttls ou none, et seulement avec smtp://."))
        tls = "direct" if direct else (wanted or ("none" if host in _LOOPBACK else "starttls"))
        if parts.username and tls == "none" and host not in _LOOPBACK:
            raise ConfigError(
                _("SMTP_URL : un mot de passe ne part pas sans chiffrement ; retirez tls=none.")
            )
        return cls(
            host=host,
            port=port or (465 if direct else 587),
            tls=tls,
            user=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
        )
