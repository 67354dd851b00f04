"""Every mail as its reader gets it, for the style guide: an example of each, laid by the roof, which knows them all."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template import engines

from collegium.lib import mail
from collegium.ui.respond import ENGINE

ENDING = "_subject.txt"


@dataclass(frozen=True)
class Example:
    """One mail with made-up contents.

    Args:
        template: the path without ending, as `lib.mail.compose` takes it.
        cause: why such a mail is sent: what somebody did, or asked for. No mail goes out without one.
        context: what its templates read.
    """

    template: str
    cause: str
    context: Callable[[], dict[str, Any]]

    def make(self) -> EmailMessage:
        """The mail itself, by what makes the real ones."""
        return mail.compose(self.template, to="reader@example.org", context=self.context())

    @property
    def html(self) -> str:
        """Its HTML part."""
        made = self.make()
        return str(made.alternatives[0][0]) if isinstance(made, EmailMultiAlternatives) else ""


_laid: dict[str, Example] = {}


def lay(known: Iterable[Example]) -> None:
    """Take the examples of the roof; once, when every room stands."""
    _laid.clear()
    _laid.update({example.template: example for example in known})


def every() -> list[Example]:
    """All examples, by the name of their template."""
    return [_laid[name] for name in sorted(_laid)]


def of(template: str) -> Example | None:
    """The example of one mail."""
    return _laid.get(template)


def templates() -> set[str]:
    """The mails that any room has templates of."""
    folders = [Path(folder) for folder in engines[ENGINE].template_dirs]
    found = {path.relative_to(folder).as_posix() for folder in folders for path in folder.rglob(f"*{ENDING}")}
    return {name.removesuffix(ENDING) for name in found}
