"""Mails: made out of three templates, and kept as files where there is no server to send them through."""

import logging
import os
import re
import secrets
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage as Parsed
from pathlib import Path
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from typing import Any, NamedTuple, Self

import css_inline
from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template import engines
from django.utils import translation

from collegium.lib import clock, envelope

log = logging.getLogger(__name__)
KEPT = 500
PAUSES = (timedelta(minutes=10), timedelta(hours=1), timedelta(hours=4), timedelta(hours=12))
"""How long a mail waits that a server refused for now; after the last of them it is given up."""
NAME = re.compile(r"\d{8}T\d{12}-[0-9a-f]{8}")
_inliner = css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=False)


def send(
    template: str, to: str, context: dict[str, Any], *, locale: str = "", headers: dict[str, str] | None = None
) -> None:
    """Make a mail and send it.

    Args:
        template: the path without ending; `<template>_subject.txt`, `_message.txt` and `_message.html` must exist.
        to: the address.
        context: what the templates read; `site`, `base_url` and `reply_to` are there already.
        locale: the reader's language; without one the language of the moment.
        headers: such as List-Unsubscribe.
    """
    compose(template, to=to, context=context, locale=locale, headers=headers).send()


def compose(
    template: str, *, to: str, context: dict[str, Any], locale: str = "", headers: dict[str, str] | None = None
) -> EmailMessage:
    """Make a mail; takes what `send` takes.

    The sender on the envelope names the address, so that a mail that comes back tells whose it was; readers see the
    sender of the community.
    """
    sender, answers = envelope.sender(to), settings.MAIL_REPLY_TO
    heads = {"From": settings.DEFAULT_FROM_EMAIL} if sender else {}
    with translation.override(locale or translation.get_language()):
        values = _surroundings() | context
        subject = " ".join(_plain(f"{template}_subject.txt", values).split())
        text = _plain(f"{template}_message.txt", values)
        html = _engine().env.get_template(f"{template}_message.html").render(values)
    made = EmailMultiAlternatives(
        subject,
        text.strip() + "\n",
        sender or settings.DEFAULT_FROM_EMAIL,
        [to],
        headers=heads | (headers or {}),
        reply_to=[answers] if answers else None,
    )
    made.attach_alternative(_inliner.inline(html), "text/html")
    return made


def base_url() -> str:
    """Where links in mails begin: the address the operator named, or the machine itself."""
    return str(settings.BASE_URL)


def _surroundings() -> dict[str, Any]:
    """What the context processors give pages, less what needs a request."""
    values: dict[str, Any] = {"base_url": base_url(), "reply_to": settings.MAIL_REPLY_TO, "request": None}
    for processor in _engine().template_context_processors:
        with suppress(AttributeError):
            values |= processor(None)
    values.pop("csrf_input", None)
    values.pop("csrf_token", None)
    return values


def _engine() -> Any:
    return engines["jinja2"]


def _plain(name: str, values: dict[str, Any]) -> str:
    """A text template: nothing in it is HTML, so nothing may be escaped."""
    return str(_text_environment().get_template(name).render(values))


def _text_environment() -> Any:
    env = _engine().env
    kept = getattr(env, "_without_escaping", None)
    if kept is None:
        kept = env.overlay(autoescape=False, cache_size=50)
        env._without_escaping = kept  # noqa: SLF001 - kept beside the environment it belongs to
    return kept


class Away(Exception):  # noqa: N818 - it is no error, it is a state: try again later
    """The mail server cannot be reached; what was to be sent was not."""


class Refused(NamedTuple):
    """What a server said of an address that it does not take mails for."""

    code: int
    words: str


class Courier:
    """One line to the mail server for many mails.

        with Courier() as courier:
            while courier.is_ready() and (next one := take()):
                courier.carry(...)

    Asking whether it is ready, before something is marked as sent, keeps a server that is away from costing mails.
    Once a mail was begun it counts as sent, unless the server refused it: a mail may get lost, and none comes twice.
    A line that breaks says nothing of what became of the mail, so that is not tried again.

    Attributes:
        refused: what the server said of the address of the last mail, when it did not take that; else None.
        for_now: whether the server refused the last mail, and said to try again later; `again_at` says when.
    """

    def __init__(self) -> None:
        self._line: Any = None
        self.refused: Refused | None = None
        self.for_now = False

    def __enter__(self) -> Self:
        """Nothing is opened before it is needed."""
        return self

    def __exit__(self, *trouble: object) -> None:
        """Hang up."""
        self._hang_up()

    def is_ready(self) -> bool:
        """Always true when it answers at all.

        Raises:
            Away: the server cannot be reached.
        """
        if self._line is None:
            line = get_connection()
            try:
                line.open()
            except (OSError, SMTPException) as trouble:
                raise Away(str(trouble)) from trouble
            self._line = line
        return True

    def carry(self, message: EmailMessage) -> bool:
        """Send it; False when that failed, which is written to the log.

        Raises:
            Away: the server cannot be reached.
        """
        self.is_ready()
        message.connection = self._line
        self.refused, self.for_now = None, False
        try:
            message.send()
        except (OSError, SMTPException) as trouble:
            log.exception("a mail could not be sent")
            self.refused, self.for_now = _refused(trouble), _is_for_now(trouble)
            self._hang_up()
            return False
        return True

    def _hang_up(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            with suppress(OSError, SMTPException):
                line.close()


def _refused(trouble: Exception) -> Refused | None:
    if not isinstance(trouble, SMTPRecipientsRefused) or not trouble.recipients:
        return None
    code, words = next(iter(trouble.recipients.values()))
    return Refused(code, words.decode(errors="replace") if isinstance(words, bytes) else str(words))


def _is_for_now(trouble: Exception) -> bool:
    """A 4xx, which is the server's word that it did not take the mail, and may take it later (RFC 5321, 4.2.1)."""
    if isinstance(trouble, SMTPRecipientsRefused):
        codes = [code for code, _words in trouble.recipients.values()]
    else:
        codes = [trouble.smtp_code] if isinstance(trouble, SMTPResponseException) else []
    return bool(codes) and all(400 <= code < 500 for code in codes)


def again_at(tries: int) -> datetime | None:
    """When to try a mail again that was refused for now so many times before; None when that is enough.

    Args:
        tries: how often it was tried again already.
    """
    return clock.now() + PAUSES[tries] if tries < len(PAUSES) else None


class KeptMail(BaseEmailBackend):
    """Writes each mail to `<data>/mail`: owners read them at `/_mail/`, the supervisor tells of them on its console."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep them; durable when this returns."""
        for message in email_messages:
            keep(message)
        return len(email_messages)


def folder() -> Path:
    """Where the mails lie."""
    path = Path(settings.DATA_DIR) / "mail"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def keep(message: EmailMessage) -> str:
    """Write a mail down, on the disk when this returns; the oldest beyond `KEPT` go. Returns its name."""
    place = folder()
    name = f"{clock.now():%Y%m%dT%H%M%S%f}-{secrets.token_hex(4)}"
    draft = place / f".{name}"
    with open(draft, "wb", opener=lambda path, flags: os.open(path, flags, 0o600)) as out:
        out.write(message.message().as_bytes())
        out.flush()
        os.fsync(out.fileno())
    draft.rename(place / f"{name}.eml")
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    for old in sorted(place.glob("*.eml"))[:-KEPT]:
        old.unlink(missing_ok=True)
    return name


def names(limit: int, before: str = "") -> list[str]:
    """The newest mails, or those older than the named one."""
    every = sorted((path.stem for path in folder().glob("*.eml") if NAME.fullmatch(path.stem)), reverse=True)
    return [name for name in every if not before or name < before][:limit]


def read(name: str) -> Parsed | None:
    """One kept mail."""
    if not NAME.fullmatch(name):
        return None
    try:
        raw = (folder() / f"{name}.eml").read_bytes()
    except FileNotFoundError:
        return None
    return message_from_bytes(raw, policy=policy.default)  # type: ignore[return-value]


def written_at(name: str) -> datetime:
    """When a mail with this name was written."""
    return datetime.strptime(name.partition("-")[0], "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC)
