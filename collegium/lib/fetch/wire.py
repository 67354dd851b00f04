"""The connection: to the very address that was judged, under one deadline and a bound on what comes in."""

import contextlib
import http.client
import io
import socket
import ssl
import time
from collections.abc import Mapping, Sequence
from typing import Any

from collegium.lib.fetch.places import Place
from collegium.lib.fetch.policy import Address, Policy
from collegium.lib.fetch.refused import RefusedError

# Seconds one address of several may take; the next may answer at once.
PATIENCE = 3.0


class Deadline:
    """The moment at which a request is given up, however far it came."""

    def __init__(self, seconds: float) -> None:
        self._until = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds left.

        Raises:
            RefusedError: none ("slow").
        """
        left = self._until - time.monotonic()
        if left <= 0:
            raise RefusedError("slow")
        return left


class Incoming(io.RawIOBase):
    """What a server sends, byte by byte on its clock and within ours.

    A socket's timeout starts anew with every byte, so that a server could drip for ever; here each read may take what
    is left of the whole, and no more bytes are taken than `budget`.
    """

    def __init__(self, sock: socket.socket, deadline: Deadline, budget: int) -> None:
        self._sock, self._deadline, self.budget = sock, deadline, budget

    def readable(self) -> bool:
        """It is there to be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Take what has come.

        Raises:
            RefusedError: too late ("slow"), or too much ("large").
        """
        self._sock.settimeout(self._deadline.left())
        count = self._sock.recv_into(buffer)
        self.budget -= count
        if self.budget < 0:
            raise RefusedError("large")
        return count


class Line:
    """A connected socket, as far as `http.client` needs one."""

    def __init__(self, sock: socket.socket, deadline: Deadline, budget: int) -> None:
        self._sock, self._deadline = sock, deadline
        self.incoming = Incoming(sock, deadline, budget)

    def sendall(self, data: bytes) -> None:
        """Send all of it before the deadline."""
        self._sock.settimeout(self._deadline.left())
        self._sock.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        """What comes in, to be read by lines."""
        return io.BufferedReader(self.incoming, 4096)

    def close(self) -> None:
        """Nothing: `http.client` lets go of a socket before it has read the body."""

    def hang_up(self) -> None:
        """End the connection."""
        with contextlib.suppress(OSError):
            self._sock.close()


def connect(place: Place, policy: Policy, deadline: Deadline, budget: int) -> Line:
    """Reach a place.

    The name is resolved once, here; the socket gets numbers, so that a second answer of the resolver meets nobody.

    Raises:
        RefusedError: it may not be reached, cannot be ("unreachable"), or is not who it says ("tls").
    """
    addresses = policy.addresses(place.host, place.port, deadline.left())
    sock = _reach(addresses, place.port, deadline)
    if place.scheme == "https":
        sock = _secured(sock, place.host, policy, deadline)
    return Line(sock, deadline, budget)


def speak(
    line: Line, place: Place, method: str, headers: Mapping[str, str], body: bytes = b""
) -> http.client.HTTPResponse:
    """Send one request over a line and read the head of the answer; nothing is sent but what stands here.

    Raises:
        RefusedError: as `Incoming` has it.
        http.client.HTTPException, OSError, ValueError: what came is no answer.
    """
    connection = http.client.HTTPConnection(place.host)
    connection.sock = line  # type: ignore[assignment]  # all that is asked of a socket here
    # A closed connection would otherwise open another by itself, to wherever the name leads by then.
    connection.auto_open = 0
    connection.putrequest(method, place.path, skip_host=True, skip_accept_encoding=True)
    for name, value in {"Host": place.authority, **headers, "Connection": "close"}.items():
        connection.putheader(name, value)
    connection.endheaders(body or None)
    return connection.getresponse()


def _reach(addresses: Sequence[Address], port: int, deadline: Deadline) -> socket.socket:
    for address in addresses:
        family = socket.AF_INET if address.version == 4 else socket.AF_INET6
        sock = socket.socket(family, socket.SOCK_STREAM)
        try:
            sock.settimeout(min(deadline.left(), PATIENCE))
            sock.connect((str(address), port))
        except OSError:
            sock.close()
        except RefusedError:
            sock.close()
            raise
        else:
            return sock
    raise RefusedError("unreachable")


def _secured(sock: socket.socket, host: str, policy: Policy, deadline: Deadline) -> socket.socket:
    """The same line under TLS, its certificate verified against the name. The timeout bounds the whole handshake."""
    try:
        sock.settimeout(deadline.left())
        return policy.context().wrap_socket(sock, server_hostname=host)
    except TimeoutError:
        sock.close()
        raise RefusedError("slow") from None
    except (ssl.SSLError, OSError, ValueError):
        sock.close()
        raise RefusedError("tls") from None
    except RefusedError:
        sock.close()
        raise
