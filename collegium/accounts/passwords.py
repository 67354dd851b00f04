"""What makes a password good: not rules about signs, but whether somebody could guess it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from zxcvbn import zxcvbn

LEAST = 8
MOST = 256
LOOKED_AT = 72
NEEDED = 3

ADVICE = {
    "top": _("Many people use this password; it is among the first that are tried."),
    "common": _("This is very like a password that many people use."),
    "word": _("A single word can be guessed quickly. Three or four words that do not belong together are strong."),
    "name": _("Names alone are easy to guess."),
    "date": _("Dates are easy to guess, above all those from your own life."),
    "keys": _("Keys that lie side by side are among the first that are tried."),
    "repeat": _("Repeating the same characters adds almost nothing."),
    "sequence": _("Sequences such as abc or 6543 add almost nothing."),
    "yours": _("This is made from your own name or address, which others know."),
    "more": _("This could be guessed. A few more words, without any order, would make it strong."),
}


class Strength:
    """Django's password validator around zxcvbn, with kind sentences."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise `ValidationError` with one sentence of advice if the password could be guessed."""
        if len(password) < LEAST:
            raise ValidationError(
                _("Please use at least eight characters; a short sentence is easy to remember."), code="short"
            )
        if len(password) > MOST:
            raise ValidationError(_("At most 256 characters, please."), code="long")
        own = _own_words(user)
        found = zxcvbn(password[:LOOKED_AT], user_inputs=own)
        if found["score"] < NEEDED:
            yours = any(len(word) > 2 and word.lower() in password.lower() for word in own)
            raise ValidationError(ADVICE["yours"] if yours else advice(found), code="weak")

    def get_help_text(self) -> str:
        """What the field says before anything was typed."""
        return str(
            _("At least eight characters. A few words that do not belong together are strong and easy to remember.")
        )


def _own_words(user: Any) -> list[str]:
    """What others know of this person."""
    email = str(getattr(user, "email", "") or "")
    name = str(getattr(user, "proposed_name", "") or getattr(getattr(user, "member", None), "name", ""))
    return [word for word in (*email.replace("@", " ").replace(".", " ").split(), email, *name.split(), name) if word]


def advice(found: dict[str, Any]) -> Any:
    """One sentence for what zxcvbn found weakest."""
    sequence = found.get("sequence") or []
    if not sequence:
        return ADVICE["more"]
    return ADVICE[_kind(max(sequence, key=lambda part: len(part.get("token", ""))))]


def _kind(part: dict[str, Any]) -> str:
    pattern = part.get("pattern")
    if pattern == "dictionary":
        book = part.get("dictionary_name")
        if book == "passwords":
            return "top" if (part.get("rank") or 0) <= 1000 else "common"
        return "name" if book in {"surnames", "male_names", "female_names"} else "word"
    return {"spatial": "keys", "repeat": "repeat", "sequence": "sequence", "date": "date"}.get(str(pattern), "more")
