"""Why a poll failed: a short code for the record, one French sentence for people."""

import asyncio
import ssl
from dataclasses import dataclass

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
)

from comtoise.i18n import _
from comtoise_crawler.rights import Forbidden


@dataclass(frozen=True, slots=True)
class Failure:
    """A failed fetch."""

    kind: str
    text: str
    ours: bool = False  #: nothing to do with the source: the collector is stopping


def of_status(status: int) -> Failure:
    """The failure that an HTTP status means."""
    texts = {
        401: _("Le site demande un mot de passe (401)."),
        403: _("Le site refuse notre robot (403)."),
        404: _("L’adresse n’existe plus (404)."),
        410: _("Le site a retiré cette adresse (410)."),
        429: _("Le site nous demande de ralentir (429)."),
        503: _("Le site est momentanément indisponible (503)."),
    }
    text = texts.get(status, _("Le site répond par une erreur ({status}).").format(status=status))
    return Failure(f"http-{status}", text)


def of_exception(error: BaseException) -> Failure:
    """The failure behind an exception of the downloader."""
    causes: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and cause not in causes:
        causes.append(cause)
        cause = cause.__cause__ or cause.__context__
    if any(isinstance(c, ssl.SSLError | ssl.CertificateError) for c in causes):
        return Failure("tls", _("Le certificat du site n’est pas valable."))
    match error:
        case Forbidden(kind="robots"):
            return Failure("robots", _("Le fichier robots.txt du site interdit cette adresse."))
        case Forbidden(kind="robots-unreachable"):
            return Failure("robots-unreachable", _("Le fichier robots.txt du site est injoignable."))
        case Forbidden(kind="tdm"):
            return Failure("tdm", _("Le site réserve la fouille de ses textes (TDM) : pages non lues."))
        case DownloadTimeoutError() | asyncio.TimeoutError():
            return Failure("timeout", _("Le site n’a pas répondu à temps."))
        case CannotResolveHostError():
            return Failure("dns", _("Le nom du site est introuvable, ou mène à une machine interdite."))
        case DownloadConnectionRefusedError():
            return Failure("refused", _("Le site refuse la connexion."))
        case DownloadCancelledError() if "shutdown" in str(error):
            return Failure("stopped", _("La collecte s’est arrêtée."), ours=True)
        case DownloadCancelledError() if "address refused" in str(error):
            return Failure("address", _("Cette adresse mène à une machine interdite."))
        case DownloadCancelledError():
            return Failure("too-large", _("La réponse du site est trop grande."))
        case DownloadFailedError():
            return Failure("http", _("La réponse du site est illisible."))
        case IgnoreRequest() if "redirect" not in str(error):
            return Failure("too-large", _("La réponse du site est trop grande."))
        case IgnoreRequest():
            return Failure("redirects", _("Le site renvoie d’adresse en adresse sans fin."))
        case _:
            return Failure("error", _("Erreur inattendue : {error}").format(error=type(error).__name__))
