"""What mailboxes look up before they trust a sender: SPF, DKIM, DMARC, reverse names; and what to publish.

Sources: RFC 7208 (SPF), 6376 (DKIM), 7489 (DMARC); the postmaster pages of the large mailbox providers ask for all of
them, those of La Poste for a ``rua`` too.
"""

import base64
import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from dns import exception, resolver, reversename

from comtoise.errors import InputError
from comtoise.i18n import _

SPF_LOOKUPS_MAX = 10  #: RFC 7208, 4.6.4


class State(StrEnum):
    """How a record stands."""

    GOOD = "good"
    WEAK = "weak"  #: it works, and could be better
    MISSING = "missing"  #: mails will be refused or sorted out


@dataclass(frozen=True, slots=True)
class Finding:
    """One record."""

    name: str
    state: State
    said: str  #: what was found, one sentence
    remedy: str = ""  #: what to do, one sentence, may hold a record to copy


class Lookup(Protocol):
    """The domain name system. Methods return nothing for a name that does not exist."""

    def txt(self, name: str) -> list[str]:
        """The texts at a name."""

    def addresses(self, host: str) -> list[str]:
        """The IPv4 and IPv6 addresses of a machine."""

    def pointers(self, address: str) -> list[str]:
        """The names that an address claims."""

    def mail_servers(self, domain: str) -> list[str]:
        """The MX of a domain."""


class Dns:
    """Asks the machine's name servers."""

    def __init__(self, resolving: resolver.Resolver | None = None) -> None:
        self._resolver = resolving or resolver.Resolver()
        self._resolver.lifetime = 8.0

    def txt(self, name: str) -> list[str]:
        """Each record's strings joined, as RFC 7208, 3.3 asks."""
        return [b"".join(record.strings).decode("utf-8", "replace") for record in self._ask(name, "TXT")]

    def addresses(self, host: str) -> list[str]:
        """Both families."""
        return [str(record) for kind in ("A", "AAAA") for record in self._ask(host, kind)]

    def pointers(self, address: str) -> list[str]:
        """Without the final dot."""
        return [str(r).rstrip(".") for r in self._ask(str(reversename.from_address(address)), "PTR")]

    def mail_servers(self, domain: str) -> list[str]:
        """By name."""
        return sorted(str(record.exchange).rstrip(".") for record in self._ask(domain, "MX"))

    def _ask(self, name: str, kind: str) -> list[resolver.Answer]:
        try:
            return list(self._resolver.resolve(name, kind))
        except (resolver.NXDOMAIN, resolver.NoAnswer):
            return []
        except exception.DNSException as error:
            raise InputError(
                _(
                    "Les serveurs de noms ne répondent pas ({reason}) : vérifiez le réseau, puis recommencez."
                ).format(reason=type(error).__name__)
            ) from error


def public_record(private_key: bytes) -> str:
    """The text to publish for a private key (PEM)."""
    public = load_pem_private_key(private_key, None).public_key()
    der = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return f"v=DKIM1; k=rsa; p={base64.b64encode(der).decode()}"


def examine(
    lookup: Lookup, *, domain: str, reports: str, server: str, selector: str | None, private_key: bytes | None
) -> list[Finding]:
    """Look up all that a sender of *domain* needs.

    Args:
        reports: The address where reports of DMARC may go.
        server: The machine mails are handed to.
    """
    return [
        _mx(lookup, domain),
        _spf(lookup, domain, server),
        _dkim(lookup, domain, selector, private_key),
        _dmarc(lookup, domain, reports),
        *_reverse(lookup, server),
    ]


def _mx(lookup: Lookup, domain: str) -> Finding:
    servers = lookup.mail_servers(domain)
    if servers:
        return Finding("MX", State.GOOD, _("{domain} reçoit du courrier.").format(domain=domain))
    return Finding(
        "MX",
        State.MISSING,
        _("{domain} ne reçoit pas de courrier : une réponse à la lettre se perdrait.").format(domain=domain),
        _("Ouvrez une boîte pour ce domaine, ou prenez pour expéditeur une adresse qui en a une."),
    )


def _spf(lookup: Lookup, domain: str, server: str) -> Finding:
    records = _starting(lookup.txt(domain), "v=spf1")
    example = f'{domain}. TXT "v=spf1 a:{server} -all"'
    if not records:
        return Finding(
            "SPF",
            State.MISSING,
            _("Aucun enregistrement SPF : rien ne dit quels serveurs écrivent au nom de {domain}.").format(
                domain=domain
            ),
            _("Publiez celui que donne votre hébergeur de courriel, ou : {record}").format(record=example),
        )
    if len(records) > 1:
        return Finding(
            "SPF",
            State.MISSING,
            _("Il y a {n} enregistrements SPF : les boîtes n’en admettent qu’un.").format(n=len(records)),
            _("Réunissez-les en un seul."),
        )
    terms = records[0].lower().split()
    if "+all" in terms or "all" in terms:
        return Finding(
            "SPF",
            State.WEAK,
            _("L’enregistrement SPF permet à tout le monde d’écrire en votre nom."),
            _("Remplacez sa fin par « -all »."),
        )
    lookups = _spf_lookups(lookup, records[0], frozenset({domain}))
    if lookups > SPF_LOOKUPS_MAX:
        return Finding(
            "SPF",
            State.MISSING,
            _("L’enregistrement SPF demande {n} recherches ; au-delà de 10 il ne compte plus.").format(
                n=lookups
            ),
            _("Retirez les « include » dont vous ne vous servez pas."),
        )
    return Finding(
        "SPF", State.GOOD, _("Un enregistrement SPF est publié : {record}").format(record=records[0])
    )


def _spf_lookups(lookup: Lookup, record: str, seen: frozenset[str]) -> int:
    """How many look-ups a record costs, those of what it includes with it."""
    count = 0
    for term in record.lower().split()[1:]:
        name, _colon, target = term.lstrip("+-~?").partition("=" if term.startswith("redirect=") else ":")
        if name.partition("/")[0] in ("a", "mx", "ptr", "exists", "include", "redirect"):
            count += 1
        if name in ("include", "redirect") and target not in seen and count <= SPF_LOOKUPS_MAX:
            for inner in _starting(lookup.txt(target), "v=spf1")[:1]:
                count += _spf_lookups(lookup, inner, seen | {target})
    return count


def _dkim(lookup: Lookup, domain: str, selector: str | None, private_key: bytes | None) -> Finding:
    if selector is None or private_key is None:
        return Finding(
            "DKIM",
            State.WEAK,
            _(
                "Comtoise ne signe pas les courriels : c’est bon seulement si votre serveur d’envoi les signe."
            ),
            _(
                "Sinon, faites une clé (openssl genrsa -out dkim.pem 2048), donnez-la dans .env "
                "(DKIM_PRIVATE_KEY_FILE=dkim.pem) et nommez-la dans config.yaml (courriel, dkim_selecteur)."
            ),
        )
    name, wanted = f"{selector}._domainkey.{domain}", public_record(private_key)
    found = lookup.txt(name)
    key = wanted.rpartition("p=")[2]
    if any(key == _tag(record, "p") for record in found):
        return Finding("DKIM", State.GOOD, _("La clé publiée est celle qui signe."))
    said = (
        _("La clé publiée à {name} n’est pas celle qui signe : les signatures seront fausses.")
        if found
        else _("La clé qui signe n’est pas publiée.")
    )
    remedy = _("Publiez : {record}").format(record=f'{name}. TXT "{wanted}"')
    return Finding("DKIM", State.MISSING, said.format(name=name), remedy)


def _dmarc(lookup: Lookup, domain: str, reports: str) -> Finding:
    found = [
        record for name in _parents(domain) for record in _starting(lookup.txt(f"_dmarc.{name}"), "v=dmarc1")
    ]
    example = f'_dmarc.{domain}. TXT "v=DMARC1; p=none; rua=mailto:{reports}"'
    if not found:
        return Finding(
            "DMARC",
            State.MISSING,
            _("Aucun enregistrement DMARC : plusieurs boîtes mettent alors le courrier à part."),
            _("Publiez : {record}").format(record=example),
        )
    if not _tag(found[0], "rua"):
        return Finding(
            "DMARC",
            State.WEAK,
            _("DMARC est publié, sans adresse pour les rapports."),
            _("Ajoutez : {record}").format(record=f"rua=mailto:{reports}"),
        )
    return Finding("DMARC", State.GOOD, _("DMARC est publié : {record}").format(record=found[0]))


def _reverse(lookup: Lookup, server: str) -> Iterable[Finding]:
    addresses = [server] if _is_address(server) else lookup.addresses(server)
    if not addresses:
        yield Finding(
            "PTR",
            State.MISSING,
            _("Le serveur d’envoi {server} n’a pas d’adresse.").format(server=server),
            _("Vérifiez son nom dans SMTP_URL."),
        )
    for address in addresses:
        if not ipaddress.ip_address(address).is_global:
            yield Finding(
                "PTR",
                State.WEAK,
                _(
                    "Les courriels partent d’un serveur local ({address}) : de l’extérieur, on en verra un autre."
                ).format(address=address),
                _("Vérifiez le nom inverse de l’adresse publique de ce serveur."),
            )
            continue
        names = lookup.pointers(address)
        if any(address in lookup.addresses(name) for name in names):
            yield Finding(
                "PTR", State.GOOD, _("{address} porte le nom {name}.").format(address=address, name=names[0])
            )
        else:
            yield Finding(
                "PTR",
                State.MISSING,
                _("L’adresse {address} du serveur d’envoi n’a pas de nom inverse qui mène à elle.").format(
                    address=address
                ),
                _("Demandez à votre hébergeur le nom inverse (PTR) {server} pour cette adresse.").format(
                    server=server
                ),
            )


def _starting(records: Iterable[str], mark: str) -> list[str]:
    return [r for r in records if r.lower() == mark or r.lower().startswith((f"{mark} ", f"{mark};"))]


def _tag(record: str, name: str) -> str:
    pairs = (part.partition("=") for part in record.split(";"))
    return next(("".join(value.split()) for key, _sign, value in pairs if key.strip().lower() == name), "")


def _parents(domain: str) -> list[str]:
    """The domain, then those above it: DMARC of the organisation covers its subdomains."""
    labels = domain.split(".")
    return [".".join(labels[i:]) for i in range(len(labels) - 1)]


def _is_address(server: str) -> bool:
    try:
        ipaddress.ip_address(server)
    except ValueError:
        return False
    return True
