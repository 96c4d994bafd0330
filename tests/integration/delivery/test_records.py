"""What `comtoise mail check` says, asked of a real name server on loopback."""

from collections.abc import Mapping, Sequence

import dns.resolver
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from comtoise.delivery.mail.records import Dns, Finding, State, examine, public_record
from comtoise.errors import InputError
from support.names import NameServer

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
    Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
)
Records = Mapping[tuple[str, str], Sequence[str]]


def strings(text: str) -> str:
    """A TXT as published: strings of at most 255 characters."""
    return " ".join(f'"{text[i : i + 255]}"' for i in range(0, len(text), 255))


RIGHT: Records = {
    ("agence.example", "MX"): ["10 mx.agence.example."],
    ("agence.example", "TXT"): ['"google-site-verification=x"', '"v=spf1 include:_spf.relais.example -all"'],
    ("_spf.relais.example", "TXT"): ['"v=spf1 ip4:198.51.100.7 -all"'],
    ("comtoise._domainkey.agence.example", "TXT"): [strings(public_record(KEY))],
    ("_dmarc.agence.example", "TXT"): ['"v=DMARC1; p=none; rua=mailto:veille@agence.example"'],
    ("smtp.relais.example", "A"): ["9.9.9.9"],
    ("9.9.9.9.in-addr.arpa", "PTR"): ["smtp.relais.example."],
}


def look(records: Records, *, selector: str | None = "comtoise") -> dict[str, Finding]:
    with NameServer(records) as resolver:
        findings = examine(
            Dns(resolver),
            domain="agence.example",
            reports="veille@agence.example",
            server="smtp.relais.example",
            selector=selector,
            private_key=KEY if selector else None,
        )
    return {finding.name: finding for finding in findings}


def test_a_sender_with_everything_is_told_so() -> None:
    found = look(RIGHT)
    assert {name: finding.state for name, finding in found.items()} == dict.fromkeys(
        ("MX", "SPF", "DKIM", "DMARC", "PTR"), State.GOOD
    )
    assert all(finding.remedy == "" for finding in found.values())


def test_a_sender_with_nothing_is_given_each_record_to_publish() -> None:
    found = look({("smtp.relais.example", "A"): ["9.9.9.9"]})
    assert {finding.state for finding in found.values()} == {State.MISSING}
    assert 'agence.example. TXT "v=spf1 a:smtp.relais.example -all"' in found["SPF"].remedy
    assert f'comtoise._domainkey.agence.example. TXT "{public_record(KEY)}"' in found["DKIM"].remedy
    assert (
        '_dmarc.agence.example. TXT "v=DMARC1; p=none; rua=mailto:veille@agence.example"'
        in found["DMARC"].remedy
    )


@pytest.mark.parametrize(
    ("changed", "name", "state", "words"),
    [
        pytest.param(
            {("agence.example", "TXT"): ['"v=spf1 -all"', '"v=spf1 mx -all"']}, "SPF", State.MISSING,
            "Il y a 2 enregistrements", id="two-spf",
        ),
        pytest.param(
            {("agence.example", "TXT"): ['"v=spf1 +all"']}, "SPF", State.WEAK, "tout le monde", id="spf-for-all"
        ),
        pytest.param(
            {("agence.example", "TXT"): [strings("v=spf1 " + "include:_spf.relais.example " * 11 + "-all")]}, "SPF",
            State.MISSING, "11 recherches", id="spf-too-many-lookups",
        ),
        pytest.param(
            {("agence.example", "TXT"): ['"v=spf1 include:agence.example -all"']}, "SPF", State.GOOD,
            "est publié", id="spf-that-includes-itself",
        ),
        pytest.param(
            {("comtoise._domainkey.agence.example", "TXT"): ['"v=DKIM1; k=rsa; p=AAAA"']}, "DKIM", State.MISSING,
            "n’est pas celle qui signe", id="another-dkim-key",
        ),
        pytest.param(
            {("_dmarc.agence.example", "TXT"): ['"v=DMARC1; p=reject"']}, "DMARC", State.WEAK, "sans adresse",
            id="dmarc-without-reports",
        ),
        pytest.param({("9.9.9.9.in-addr.arpa", "PTR"): ["autre.example."]}, "PTR", State.MISSING, "pas de nom inverse",
            id="ptr-that-leads-elsewhere"),
        pytest.param({("smtp.relais.example", "A"): ["127.0.0.1"]}, "PTR", State.WEAK, "serveur local", id="local-relay"),
        pytest.param({("smtp.relais.example", "A"): []}, "PTR", State.MISSING, "n’a pas d’adresse", id="no-such-server"),
    ],
)  # fmt: skip
def test_each_fault_has_its_words(changed: Records, name: str, state: State, words: str) -> None:
    finding = look({**RIGHT, **changed})[name]
    assert (finding.state, words in finding.said) == (state, True), finding


def test_a_relay_that_signs_is_a_way_too() -> None:
    assert look(RIGHT, selector=None)["DKIM"].state is State.WEAK


def test_without_network_it_says_so() -> None:
    resolver = dns.resolver.Resolver(configure=False)
    resolver.nameservers, resolver.port = ["127.0.0.1"], 9
    lookup = Dns(resolver)
    resolver.lifetime = 0.2
    with pytest.raises(InputError, match="ne répondent pas"):
        lookup.txt("agence.example")
