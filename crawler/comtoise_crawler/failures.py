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
    ResponseDataLossError,
)
from scrapy.spidermiddlewares.httperror import HttpError

from comtoise.errors import DataRefusedError, SourceError
from comtoise.i18n import _
from comtoise.model import SourceKind
from comtoise_crawler.answer import Answer
from comtoise_crawler.blocking import blocked_by
from comtoise_crawler.rights import Forbidden


@dataclass(frozen=True, slots=True)
class Failure:
    """A failed fetch."""

    kind: str
    text: str
    ours: bool = False  #: nothing to do with the source: the collector is stopping


def no_address() -> Failure:
    """The failure of what passes for an address, and is none for the downloader."""
    return Failure("no-address", _("Ce qui tient lieu d’adresse n’en est pas une."))


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


def of_answer(answer: Answer) -> Failure:
    """The failure that an error page means: its status, or the guard that turned us away."""
    guard = blocked_by(answer.status, answer.headers, answer.body)
    if guard is not None:
        return _blocked(guard)
    if answer.status == 403:
        return Failure("blocked", of_status(403).text)
    return of_status(answer.status)


def _refused(said: str) -> str:
    """Why the guard does not go there, and the setting that lets it: see `handler.check`."""
    if "port" in said:
        return _("Ce port n’est pas permis ; « ports_supplementaires », dans config.yaml, peut le permettre.")
    if "public" in said:
        return _(
            "Cette adresse est celle d’un réseau interne ; « reseaux_internes_autorises », dans config.yaml, peut "
            "la permettre."
        )
    return _("Cette adresse contient un mot de passe : elle n’est pas visitée.")


def of_unreadable(answer: Answer, kind: SourceKind, error: SourceError) -> Failure:
    """The failure of an answer that is not what the source's card promises."""
    guard = blocked_by(answer.status, answer.headers, answer.body)
    if guard is not None:
        return _blocked(guard)
    if kind is SourceKind.LISTING:
        return Failure("layout", str(error))
    html = answer.body[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype html", b"<html"))
    return Failure("html" if html else "content", str(error))


def _blocked(guard: str) -> Failure:
    return Failure("blocked", _("Le site est gardé par {guard}, qui bloque notre robot.").format(guard=guard))


def of_exception(error: BaseException) -> Failure:
    """The failure behind an exception of the downloader."""
    causes: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and cause not in causes:
        causes.append(cause)
        cause = cause.__cause__ or cause.__context__
    tls = [c for c in causes if isinstance(c, ssl.SSLError | ssl.CertificateError)]
    if tls:
        codes = (getattr(c, "verify_code", None) for c in tls)  # those of aiohttp are only made to look alike
        return Failure("tls", _of_certificate(next((code for code in codes if code), None)))
    match error:
        case Forbidden(kind="robots"):
            return Failure("robots", _("Le fichier robots.txt du site interdit cette adresse."))
        case Forbidden(kind="robots-unreachable"):
            return Failure("robots-unreachable", _("Le fichier robots.txt du site est injoignable."))
        case Forbidden(kind="tdm"):
            return Failure("tdm", _("Le site réserve la fouille de ses textes (TDM) : pages non lues."))
        case Forbidden(kind="downgrade"):
            return Failure(
                "downgrade", _("Le site renvoie d’une adresse sûre (https) vers une qui ne l’est pas.")
            )
        case DataRefusedError():
            return Failure("unstorable", _("La base refuse ce que dit ce document : il n’a pas été gardé."))
        case MemoryError():
            return Failure("memory", _("Le document demande trop de mémoire : il n’a pas été lu."))
        case DownloadTimeoutError() | asyncio.TimeoutError():
            return Failure("timeout", _("Le site n’a pas répondu à temps."))
        case CannotResolveHostError():
            return Failure(
                "dns",
                _(
                    "Le nom du site est introuvable, ou mène à un réseau interne (reseaux_internes_autorises)."
                ),
            )
        case DownloadConnectionRefusedError():
            return Failure("refused", _("Le site refuse la connexion."))
        case DownloadCancelledError() if "shutdown" in str(error):
            return Failure("stopped", _("La collecte s’est arrêtée."), ours=True)
        case DownloadCancelledError() if "address refused" in str(error):
            return Failure("address", _refused(str(error)))
        case DownloadCancelledError():
            return Failure("too-large", _("La réponse du site est trop grande."))
        case DownloadFailedError() | ResponseDataLossError():
            return Failure("http", _("La réponse du site est illisible."))
        case HttpError():  # a status that is neither an answer nor an error: a redirect that leads nowhere
            return of_status(error.response.status)
        case IgnoreRequest() if "redirect" not in str(error):
            return Failure("too-large", _("La réponse du site est trop grande."))
        case IgnoreRequest():
            return Failure("redirects", _("Le site renvoie d’adresse en adresse sans fin."))
        case _:
            return Failure("error", _("Erreur inattendue : {error}").format(error=type(error).__name__))


def _of_certificate(code: int | None) -> str:
    """What is wrong with a certificate, by OpenSSL's code (X509_V_ERR_…); None: no certificate was judged."""
    if code is None:
        return _("La connexion sûre (TLS) avec le site n’a pas pu s’établir.")
    texts = {
        9: _("Le certificat du site n’est pas encore valable."),
        10: _("Le certificat du site a expiré."),
        18: _("Le certificat du site n’est signé que par lui-même."),
        19: _("Le certificat du site vient d’une autorité inconnue."),
        20: _("Le certificat du site vient d’une autorité inconnue, ou la chaîne est incomplète."),
        21: _("Le certificat du site vient d’une autorité inconnue, ou la chaîne est incomplète."),
        62: _("Le certificat du site est celui d’un autre nom."),
        64: _("Le certificat du site est celui d’un autre nom."),
    }
    return texts.get(code, _("Le certificat du site n’est pas valable."))
