"""Without an SMTP server, mails are kept in a folder; this tells of each new one on the operator's terminal."""

import re
from collections.abc import Callable
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

LINK = re.compile(r"https?://\S+")


class MailConsole:
    """Looks, when told to, for mails that were not there before.

    Args:
        folder: where the mails are kept, one file each.
        say: shows a line.
    """

    def __init__(self, folder: Path, say: Callable[[str], None]) -> None:
        self._folder = folder
        self._say = say
        self._known = set(self._names())

    def _names(self) -> list[str]:
        return sorted(path.name for path in self._folder.glob("*.eml")) if self._folder.is_dir() else []

    def look(self) -> None:
        """Tell of what is new: to whom, about what, and the link to follow."""
        fresh = [name for name in self._names() if name not in self._known]
        self._known.update(fresh)
        for name in fresh:
            mail = BytesParser(policy=policy.default).parsebytes((self._folder / name).read_bytes())
            if isinstance(mail, EmailMessage):
                self._say(f"Mail for {mail['To']}: {mail['Subject']}{_link_of(mail)}")


def _link_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    found = LINK.search(body.get_content()) if body else None
    return f"\n  {found.group().rstrip('.,)>')}" if found else ""
