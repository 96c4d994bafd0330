"""Addresses of mailboxes: what is one, how people type it, and which are the same."""

import re

_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
ADDRESS_MAX = 254  #: characters, RFC 5321
LOCAL_MAX = 64


def is_address(text: str) -> bool:
    """Whether *text* is one plain ASCII address: no name, no space, no list, no quotes."""
    local, _at, domain = text.rpartition("@")
    return (
        0 < len(local) <= LOCAL_MAX
        and len(text) <= ADDRESS_MAX
        and text.isascii()
        and text.isprintable()
        and not set(text) & set(' ,;:<>()[]"\\')
        and "@" not in local
        and all(local.split("."))
        and all(map(_LABEL.fullmatch, domain.split(".")))
    )


def typed(text: str) -> str | None:
    """The address that a person typed, as it is kept: small letters, « atelier-été.fr » as mail knows it.

    None when it is no whole address of the internet. No provider we know of tells capitals apart, and who writes one
    address in many ways must not be many readers.
    """
    local, at, domain = text.strip().rpartition("@")
    try:
        address = f"{local}{at}{domain.encode('idna').decode('ascii')}".lower()
    except UnicodeError:
        return None
    return address if "." in domain and is_address(address) else None


def mailbox(address: str) -> str:
    """Where an address leads: « jean+veille@… » is that of jean@…"""
    local, at, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}{at}{domain}"
