"""Ending mails with one press and no account: signed addresses as RFC 8058 wants them.

An address names a purpose and a row ("the digest that row 42 asks for"). The signature is all that it takes, because
mail programs press it without a session; the row is all that it can end, and an address dies with its row. Nobody can
try rows out: what was not signed here is answered like what was, and changes nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer

from collegium.lib.mail import base_url

HIGHEST = (1 << 63) - 1
_signer = Signer(salt="collegium.lib.unsubscribe", sep=".")


@dataclass(frozen=True)
class Purpose:
    """One kind of mail that its reader can end.

    Attributes:
        name: letters alone; part of the address.
        words: what these mails are, as the page says it; nothing about the row.
        end: ends them for this row; a row that is gone is no mistake.
        back: where somebody who is signed in may choose again.
    """

    name: str
    words: Callable[[], str]
    end: Callable[[int], None]
    back: str


class Purposes(dict[str, Purpose]):
    """All purposes by name; the roof lays them."""

    def lay(self, table: Iterable[Purpose]) -> None:
        """Take the table of the roof; once, when every room stands."""
        self.clear()
        self.update({purpose.name: purpose for purpose in table})

    def of(self, token: str) -> Purpose | None:
        """What an address says it is about, whether or not it was signed here."""
        return self.get(token.partition(".")[0])


purposes = Purposes()


def address(purpose: str, key: int) -> str:
    """The whole address that ends the mails of this purpose for this row."""
    return f"{base_url()}/unsubscribe/{_signer.sign(f'{purpose}.{key}')}/"


def headers(purpose: str, key: int) -> dict[str, str]:
    """What a mail carries so that mail programs offer the press themselves.

    One click without looking is for secure addresses alone (RFC 8058, 3.1); elsewhere the address is only offered.
    """
    where = address(purpose, key)
    made = {"List-Unsubscribe": f"<{where}>", "Auto-Submitted": "auto-generated"}
    if where.startswith("https://"):
        made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return made


def end(token: str) -> None:
    """End what the address is about; nothing happens when it was not signed here, or its row is gone."""
    try:
        name, _dot, number = _signer.unsign(token).partition(".")
    except BadSignature:
        return
    purpose = purposes.get(name)
    if purpose is not None and number.isdecimal() and int(number) <= HIGHEST:
        purpose.end(int(number))
