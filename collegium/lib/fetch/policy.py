"""Which machines may be asked: the public internet, at the two ports of the web."""

import queue
import socket
import ssl
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from collegium.lib.fetch.refused import RefusedError

Address = IPv4Address | IPv6Address
Resolver = Callable[[str, int, float], Sequence[str]]

# IANA's registries of special purpose, and multicast. Written out, because Python's own list differs by version.
_NOT_PUBLIC_TEXT = """
    0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24
    192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15
    198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4
    2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20
"""
_NOT_PUBLIC = [ip_network(text) for text in _NOT_PUBLIC_TEXT.split()]
# The last line lies within this: Teredo and its neighbours, documentation, 6to4. Everything else of IPv6 (loopback,
# mapped IPv4, NAT64, unique local, link-local, multicast) lies outside.
_PUBLIC_IPV6 = IPv6Network("2000::/3")


def is_public(address: Address) -> bool:
    """Whether an address is a machine of the public internet, and not another one in its clothes."""
    if isinstance(address, IPv6Address) and (address not in _PUBLIC_IPV6 or address.scope_id):
        return False
    return not any(_within(address, network) for network in _NOT_PUBLIC)


def _within(address: Address, network: IPv4Network | IPv6Network) -> bool:
    return address.version == network.version and address in network


def resolve(host: str, port: int, seconds: float) -> Sequence[str]:
    """Ask the system for the addresses of a name, and wait no longer than this.

    The system's own call cannot be interrupted; it goes on in a thread that nobody waits for.

    Raises:
        RefusedError: there are none ("name"), or none came in time ("slow").
    """
    answer: queue.SimpleQueue[list[str] | None] = queue.SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answer.put([str(each[4][0]) for each in found])
        except (OSError, UnicodeError):
            answer.put(None)

    threading.Thread(target=ask, name="resolve", daemon=True).start()
    try:
        found = answer.get(timeout=max(seconds, 0.001))
    except queue.Empty:
        raise RefusedError("slow") from None
    if not found:
        raise RefusedError("name")
    return list(dict.fromkeys(found))


@dataclass(frozen=True)
class Policy:
    """What may be asked.

    Attributes:
        ports: those that may be spoken to; None for any.
        allows: whether an address may be spoken to.
        resolver: the addresses of a name.
        context: makes the rules of TLS; always with the name checked, outside of tests.
    """

    ports: frozenset[int] | None = frozenset({80, 443})
    allows: Callable[[Address], bool] = is_public
    resolver: Resolver = resolve
    context: Callable[[], ssl.SSLContext] = field(default=ssl.create_default_context)

    def addresses(self, host: str, port: int, seconds: float) -> list[Address]:
        """The addresses of a host, every one judged: a name with one foot inside is refused whole.

        Raises:
            RefusedError: one of them ("private"), or the port ("port"), may not be spoken to.
        """
        if self.ports is not None and port not in self.ports:
            raise RefusedError("port")
        try:
            found = [ip_address(text) for text in self.resolver(host, port, seconds)]
        except ValueError:
            raise RefusedError("private") from None
        if not found:
            raise RefusedError("name")
        if not all(self.allows(address) for address in found):
            raise RefusedError("private")
        return found


PUBLIC = Policy()
