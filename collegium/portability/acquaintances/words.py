"""What is said about a file, as sentences for whoever brought it. Where one place is meant, its line stands there."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from collegium.ui.text import number

_REASONS: dict[str, str | Promise] = {
    "empty": lazy("This file is empty."),
    "heavy": lazy("This file is larger than 5 MB, the most that is taken. Please bring it in parts."),
    "many": lazy("This file has more than 20,000 rows, the most that is read at once. Please bring it in parts."),
    "zip": lazy("This is a ZIP file. Please unpack it and bring the CSV or vCard file in it."),
    "page": lazy("This is a web page, not a list of contacts. Please bring a CSV or vCard file."),
    "memory": lazy("This file needs too much memory to be read. Please bring it in parts."),
    "slow": lazy("This file took too long to read. Please bring it in parts."),
    "busy": lazy("Several files are being read at this moment. Please try again in a few seconds."),
    "failed": lazy("This file could not be read. Please export it again, as CSV or as vCard."),
}


def why(code: str, line: int = 0) -> str:
    """Why a file is not taken."""
    if code == "binary":
        words = _("Line %(line)s holds bytes that are no text. Please export your contacts as CSV or as vCard.")
        return words % {"line": number(line)}
    return str(_REASONS.get(code, _REASONS["failed"]))


def problem(code: str, line: int) -> str:
    """What could not be read in one place."""
    said = {
        "unclosed": _("Line %(line)s: a quotation mark opens and never closes. This line was left out."),
        "endless": _("Line %(line)s: a card begins here and does not end. It was left out."),
        "stray": _("Line %(line)s: a card ends here that did not begin."),
        "long": _("Line %(line)s: this card is too long to be one person’s. It was left out."),
    }
    words = said.get(code, _("Line %(line)s could not be read. It was left out."))
    return words % {"line": number(line)}


def notes(*, blank: int, national: int, passed: int, problems: Sequence[Sequence[object]]) -> list[str]:
    """What else is to be said of a file that was read."""
    said = []
    if blank:
        words = ngettext(
            "%(num)s row gives no e-mail address, LinkedIn address or phone number.",
            "%(num)s rows give no e-mail address, LinkedIn address or phone number.",
            blank,
        )
        said.append(words % {"num": number(blank)})
    if national:
        words = ngettext(
            "%(num)s phone number says no country, so it could be anybody’s in another. It was not looked for.",
            "%(num)s phone numbers say no country, so they could be anybody’s in another. They were not looked for.",
            national,
        )
        said.append(words % {"num": number(national)})
    if passed:
        words = ngettext("%(num)s row you did not ask for.", "%(num)s rows you did not ask for.", passed)
        said.append(words % {"num": number(passed)})
    return said + [problem(str(code), int(str(line))) for code, line in problems]
