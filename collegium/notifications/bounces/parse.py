"""Reading a report of a mail server that could not deliver a mail. Asks neither database nor network.

A report is a `multipart/report; report-type=delivery-status` (RFC 3464): words for people, a part with fields for
machines (one block about the server, then one for each recipient), and the heads of the mail that came back. Everything
in it was written by somebody else, so it is bounded, and only says what `noting` then holds against the signed key.
"""

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message

from collegium.lib import envelope

LARGEST = 1_000_000
LONGEST = 300
MOST_RECIPIENTS = 50
# Where servers write down to whom the report itself was sent.
ADDRESSED = ("To", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To")
_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_CODE = re.compile(r"\b([245]\d\d)\b")
# The mailbox is full, the mail too large, the server troubled, the mail refused for its words or its sender: none of
# these says that there is nobody at this address.
PASSING = {(2, 2), (2, 3)}
PASSING_SUBJECTS = {3, 6, 7}
CODES = {550, 551, 553}


@dataclass(frozen=True, slots=True)
class Failure:
    """What a report says of one recipient.

    Attributes:
        addresses: names of the recipient: the one that failed, the one it was first sent to.
        is_for_good: nobody is there, and trying again does not help.
        words: what the server said.
    """

    addresses: tuple[str, ...]
    is_for_good: bool
    words: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a mail says of one that came back.

    Attributes:
        keys: what looks like signed keys in the addresses it was sent to.
        name: the same whenever the same report is read.
        failures: one for each recipient.
        written_to: to whom the mail that came back was addressed.
    """

    keys: tuple[str, ...]
    name: str
    failures: tuple[Failure, ...]
    written_to: tuple[str, ...]


def read(raw: bytes) -> Report | None:
    """A report, out of a mail; None when it is something else: an answer, an out-of-office note."""
    try:
        return _read(message_from_bytes(raw[:LARGEST]))
    except RecursionError:
        return None  # Parts within parts within parts: nobody reports like that.


def _read(message: Message) -> Report | None:
    if message.get_content_type() != "multipart/report":
        return None
    if str(message.get_param("report-type", "")).lower() != "delivery-status":
        return None
    status = next((part for part in message.walk() if part.get_content_type() == "message/delivery-status"), None)
    blocks = _inside(status)[: MOST_RECIPIENTS + 1]
    if not blocks:
        return None
    failures = [_failure(block) for block in blocks if "Final-Recipient" in block]
    keys = [key for name in ADDRESSED for value in message.get_all(name, []) for key in envelope.keys_in(str(value))]
    return Report(tuple(dict.fromkeys(keys)), _name(message, blocks), tuple(failures), _written_to(message))


def _inside(part: Message | None) -> list[Message]:
    """The messages that a part is made of."""
    payload = part.get_payload() if part is not None else None
    return [each for each in payload if isinstance(each, Message)] if isinstance(payload, list) else []


def is_for_good(code: int, words: str) -> bool:
    """Whether what a server said when it refused a mail means that nobody is at the address."""
    status = _STATUS.search(words)
    return _is_gone(status[0]) if status else code in CODES


def _failure(block: Message) -> Failure:
    said = _clean(str(block.get("Diagnostic-Code", "")))
    status = str(block.get("Status", "")).strip()
    failed = str(block.get("Action", "")).strip().lower() == "failed"
    for_good = failed and _is_gone_with(status, said)
    names = (_address(str(block.get(name, ""))) for name in ("Original-Recipient", "Final-Recipient"))
    return Failure(tuple(name for name in names if name), for_good, said or status)


def _is_gone_with(status: str, said: str) -> bool:
    """The general "5.0.0" says nothing; then what the other server said decides."""
    inner = _STATUS.search(said)
    if status in ("", "5.0.0") and inner:
        return _is_gone(inner[0])
    if status in ("", "5.0.0"):
        code = _CODE.search(said)
        return int(code[1]) in CODES if code else status != ""
    return _is_gone(status)


def _is_gone(status: str) -> bool:
    found = _STATUS.search(status)
    if found is None or found[1] != "5":
        return False
    subject, detail = int(found[2]), int(found[3])
    return subject not in PASSING_SUBJECTS and (subject, detail) not in PASSING


def _address(field: str) -> str:
    """The address in `rfc822; ada@example.org`."""
    kind, mark, address = field.partition(";")
    return _clean((address if mark else kind).strip().strip("<>")).lower()


def _written_to(message: Message) -> tuple[str, ...]:
    """To whom the mail that came back was addressed, as its heads say."""
    for part in message.walk():
        if part.get_content_type() in ("message/rfc822", "text/rfc822-headers", "message/rfc822-headers"):
            inner = _inside(part) or [message_from_bytes(_bytes(part))]
            written = [_clean(str(value)).strip("<> ").lower() for value in inner[0].get_all("To", [])]
            return tuple(written[:MOST_RECIPIENTS])
    return ()


def _bytes(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _name(message: Message, blocks: list[Message]) -> str:
    named = str(message.get("Message-ID", "")) or str(blocks[0].get("Original-Envelope-Id", ""))
    return _clean(named)[:200]


def _clean(text: str) -> str:
    """One bounded line without control characters."""
    return "".join(letter for letter in " ".join(text.split()) if letter.isprintable())[:LONGEST]
