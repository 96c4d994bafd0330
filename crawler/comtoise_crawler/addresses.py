"""Which machines the collector may talk to.

The check is made where the connection is made, on every address a name resolves to and on every hop: a
name that is public when it is checked and private when it is dialled does not pass. `is_global` alone is
not enough: translated and tunnelled ranges hide private addresses, and Python versions disagree on them.
"""

import ipaddress
import socket
from collections.abc import Iterable, Sequence

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

DENIED: tuple[Network, ...] = tuple(
    ipaddress.ip_network(text)
    for text in (
        "64:ff9b::/96",  # NAT64, RFC 6052
        "64:ff9b:1::/48",  # NAT64, RFC 8215
        "2002::/16",  # 6to4, RFC 3056
        "2001::/32",  # Teredo, RFC 4380
        "::/96",  # IPv4-compatible, deprecated
        "fec0::/10",  # site-local, deprecated
        "192.88.99.0/24",  # 6to4 relays
        "192.0.0.0/24",  # protocol assignments, RFC 6890
    )
)


def networks(texts: Iterable[str]) -> tuple[Network, ...]:
    """Read networks as the configuration writes them (``10.0.0.0/8``)."""
    return tuple(ipaddress.ip_network(text, strict=False) for text in texts)


def is_allowed(text: str, allowed: Sequence[Network]) -> bool:
    """Whether an address literal is public, or in a network that the desk allows.

    What is no address literal is not allowed: names are resolved first.
    """
    try:
        address: Address = ipaddress.ip_address(text.split("%", 1)[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    if any(address in network for network in allowed):
        return True
    if any(address in network for network in DENIED):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved)


class GuardedResolver(AbstractResolver):
    """Resolves a name to the addresses that are allowed; with none left, the name cannot be resolved."""

    def __init__(self, allowed: Sequence[Network], resolver: AbstractResolver | None = None) -> None:
        self._resolver = resolver if resolver is not None else aiohttp.ThreadedResolver()
        self._allowed = allowed

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The allowed addresses of *host*. Raises `OSError` when there is none."""
        found = await self._resolver.resolve(host, port, family)
        kept = [result for result in found if is_allowed(result["host"], self._allowed)]
        if not kept:
            raise OSError(f"{host} resolves to no allowed address")
        return kept

    async def close(self) -> None:
        """Give back the inner resolver."""
        await self._resolver.close()
