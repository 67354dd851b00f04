"""A server of the tests' own, which answers as badly as it is told to."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from ipaddress import ip_address

from collegium.lib.fetch import Policy

Answer = Callable[[socket.socket, bytes], None]
PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
HERE = ip_address("127.0.0.1")


def plain(body: bytes, head: bytes = PAGE) -> Answer:
    return lambda sock, asked: sock.sendall(head + body)


def redirect(to: str) -> Answer:
    return plain(b"", f"HTTP/1.1 302 Found\r\nLocation: {to}\r\n\r\n".encode())


class Server:
    """Answers each path by its own function; remembers what it was asked."""

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[bytes] = []
        self._context = context
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def url(self, path: str = "/", host: str = "page.example.net", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"

    def policy(self, **changes) -> Policy:
        return Policy(
            **({"ports": None, "allows": lambda a: a == HERE, "resolver": lambda *_: ["127.0.0.1"]} | changes)
        )

    def close(self) -> None:
        self._listening.close()

    def _serve(self) -> None:
        while True:
            try:
                sock, _from = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(sock,), daemon=True).start()

    def _answer(self, sock: socket.socket) -> None:
        with contextlib.suppress(OSError), contextlib.closing(sock):
            if self._context is not None:
                sock = self._context.wrap_socket(sock, server_side=True)
            asked = b""
            while b"\r\n\r\n" not in asked and (more := sock.recv(4096)):
                asked += more
            self.asked.append(asked)
            path = asked.split(b" ")[1].decode() if asked.count(b" ") > 1 else "/"
            with contextlib.closing(sock):
                self.answers.get(path, plain(b"", b"HTTP/1.1 404 No\r\n\r\n"))(sock, asked)


@contextlib.contextmanager
def serving(context: ssl.SSLContext | None = None) -> Iterator[Server]:
    server = Server(context)
    try:
        yield server
    finally:
        server.close()
