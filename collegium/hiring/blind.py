"""Blind review: until an application comes as far as an interview, nobody of the team learns whose it is.

Name, picture, ways to be reached and files are left out, and what she wrote herself is shown without her name, without
addresses and without numbers one could call. Once it was shown it stays shown: what was read cannot be unread.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, Value, When
from django.utils.translation import gettext as _

from collegium.applications.models import Application, ApplicationQuerySet, Sent, Standing, Step
from collegium.career.document import TEXTS, Document, Draft, Header
from collegium.openings.models import Opening

NAMED = (Standing.INTERVIEW, Standing.OFFER, Standing.HIRED)
GAP = "[…]"
SHORT, WITHIN = 2, 4
_ADDRESSES = r"[^\s@<>()]+@[^\s@<>()]+|(?:https?://|www\.)[^\s<>()]+|\b[\w-]+(?:\.[\w-]+)*\.(?:[a-z]{2,})/[^\s<>()]*"
_NUMBERS = r"\+?\d[\d ()./-]{6,}\d"
# From here on scripts put no spaces between words.
_WITHOUT_SPACES = "\u2e80"
_DATES = re.compile(r"[\d.]{4,}\s*[-/.]\s*[\d.]{2,}$")


def with_sight(rows: ApplicationQuerySet, opening: Opening) -> ApplicationQuerySet:
    """Say of each row whether it is `named`: whether the team may know whose it is."""
    if not opening.blind:
        return rows.annotate(named=Value(True, output_field=BooleanField()))
    came = Exists(Step.objects.filter(application=OuterRef("pk"), standing__in=NAMED))
    told = When(Q(standing__in=NAMED) | Q(came), then=Value(True))
    return rows.annotate(named=Case(told, default=Value(False), output_field=BooleanField()))


def is_named(application: Application) -> bool:
    """Whether the team may know whose application it is."""
    if not application.opening.blind or application.standing in NAMED:
        return True
    return Step.objects.filter(application=application, standing__in=NAMED).exists()


def ordinals(opening: Opening) -> dict[int, int]:
    """The number of each application, in the order they came, by which those without a name are called."""
    keys = Application.objects.filter(opening=opening).order_by("pk").values_list("pk", flat=True)
    return {key: number for number, key in enumerate(keys, 1)} if opening.blind else {}


def number_of(application: Application) -> int:
    """The same for one."""
    return Application.objects.filter(opening=application.opening_id, pk__lte=application.pk).count()


def called(number: int) -> str:
    """What an application without a name is called."""
    return _("Applicant %(n)s") % {"n": number}


def calling(application: Application) -> str:
    """How the team calls whoever sent it: by name, or by number."""
    if is_named(application):
        found = Sent.objects.filter(application=application).values_list("name", flat=True).first()
        return found or called(number_of(application))
    return called(number_of(application))


class Veil:
    """Takes the name of one person out of what she wrote."""

    def __init__(self, names: Iterable[str]) -> None:
        """Take the names, handles and addresses by which she could be known."""
        found = {word for name in names for word in _words(name)}
        within = [word for word in found if len(word) >= WITHIN or max(word) >= _WITHOUT_SPACES]
        # Long ones are found inside other words too ("adalindqvist"), those of three letters as words of their own.
        patterns = [_ADDRESSES, _NUMBERS, *(_any_accent(word) for word in sorted(within, key=len, reverse=True))]
        alone = [_any_accent(word) for word in found if SHORT < len(word) < WITHIN]
        self._all = _either(patterns)
        self._alone = _either(rf"(?<!\w){each}(?!\w)" for each in alone) if alone else None
        # "Li" is a name, and two letters of many words: only as it is written.
        short = [re.escape(word) for word in found if len(word) == SHORT]
        self._short = re.compile(r"(?<!\w)(?:" + "|".join(short) + r")(?!\w)") if short else None

    @classmethod
    def of(cls, sent: Sent, handle: str = "") -> "Veil":
        """For whoever sent this."""
        return cls((sent.name, handle, sent.email.partition("@")[0], sent.cv_name.rpartition(".")[0]))

    def text(self, words: str) -> str:
        """The words without the name."""
        held = self._all.sub(_gap, unicodedata.normalize("NFC", words))
        for pattern in (self._alone, self._short):
            held = pattern.sub(GAP, held) if pattern else held
        return held

    def document(self, document: Document) -> Document:
        """A career without the name: its links, ways to be reached and references left out."""
        head = document.header
        header = Header(headline=self.text(head.headline), about=self.text(head.about), place=self.text(head.place))
        skills = [self.text(skill) for skill in document.skills]
        return Document(header, [self._item(item) for item in document.items], skills, language=document.language)

    def _item(self, item: Draft) -> Draft:
        kept = {"url", "started", "ended", "kind"}
        columns = [each.name for each in fields(item) if each.name in TEXTS and each.name not in kept]
        changed: dict[str, Any] = {name: self.text(getattr(item, name)) for name in columns}
        return replace(
            item, **changed | {"url": "", "number": ""}, skills=tuple(self.text(each) for each in item.skills)
        )


def _gap(found: re.Match[str]) -> str:
    """A stretch of years is no telephone number."""
    return found[0] if _DATES.fullmatch(found[0]) else GAP


def _words(name: str) -> list[str]:
    whole = unicodedata.normalize("NFC", name).strip()
    parts = re.split(r"[\W_\d]+", whole)
    return [word for word in (*parts, whole, "".join(parts)) if len(word) >= SHORT]


def _either(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


def _any_accent(word: str) -> str:
    """The word as a pattern, with and without its accents."""
    return "".join(_letter(letter) for letter in word)


def _letter(letter: str) -> str:
    bare = "".join(each for each in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(each))
    if not bare or bare == letter:
        return re.escape(letter)
    return f"(?:{re.escape(letter)}|{re.escape(bare)})"
