"""Keeping CVs, to send them with applications; one's own alone."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from collegium.applications import papers, rules
from collegium.applications.models import Cv
from collegium.applications.models.cvs import MOST, NAME_LIMIT
from collegium.audience.viewer import Viewer
from collegium.journal.record import record
from collegium.lib.refusal import Conflict, Refusal, require
from collegium.lib.text import clean_line
from collegium.media import keeping, kinds
from collegium.members.models import Member
from collegium.resumes.gathering import gathered
from collegium.resumes.pdf import Paper, Template, pdf
from collegium.uploads import taking
from collegium.uploads.models import Upload

PDF = "application/pdf"


def keep(upload: Upload, *, by: Member, name: str = "") -> Cv:
    """Keep a file that came in.

    Args:
        upload: one of hers that is whole.
        by: whose.
        name: what she calls it; as the file is called by default.

    Raises:
        Refusal: it is not what its name says.
        Conflict: there are as many as there may be.
    """
    require(upload.owner_id == by.pk)
    if kinds.ending_of(upload.name) not in papers.ENDINGS:
        raise Refusal(_("A CV is a PDF, DOCX or ODT file. Please choose another."))
    content_type = kinds.believe(upload.name, upload.path)
    kept = keeping.keep(upload.path, ".bin")
    try:
        with transaction.atomic():
            row = _store(by, name or upload.name, kept, content_type, upload.length)
            taking.drop(upload)
    except BaseException:
        keeping.remove(kept)
        raise
    return row


def make(by: Member, *, template: Template = "letter", paper: Paper = "a4", name: str = "") -> Cv:
    """Make a PDF of the whole profile, as she sees it herself, and keep it.

    Raises:
        NotPrintedError, TooLongError: none can be made now; each says why.
        Conflict: there are as many as there may be.
    """
    require(rules.may_keep(by))
    _room(by)
    _career, document = gathered(Viewer(by), by)
    made = pdf(document, template=template, paper=paper)
    kept = keeping.keep(made, ".bin")
    try:
        return _store(by, name or f"{by.name}.pdf", kept, PDF, len(made))
    except BaseException:
        keeping.remove(kept)
        raise


@transaction.atomic
def rename(cv: Cv, name: str, *, by: Member) -> Cv:
    """Call it otherwise; what it ends with stays, so that it opens as what it is."""
    require(rules.may_keep(by) and cv.member_id == by.pk)
    _hold(by)
    ending = kinds.ending_of(cv.name)
    stem = name.strip()
    if stem.lower().endswith(ending):
        stem = stem[: -len(ending)].strip()
    require(bool(stem), _("Please write a name."))
    cv.name = _free(by, stem, ending, but=cv.pk)
    cv.save(update_fields=["name"])
    record("applications.cv_renamed", actor=by, subject=cv)
    return cv


@transaction.atomic
def remove(cv: Cv, *, by: Member) -> None:
    """Take it away; what was sent with applications stays there."""
    require(rules.may_keep(by) and cv.member_id == by.pk)
    key = cv.pk
    Cv.objects.filter(pk=key).delete()
    record("applications.cv_removed", actor=by, subject=key)


@transaction.atomic
def _store(by: Member, name: str, kept: str, content_type: str, size: int) -> Cv:
    require(rules.may_keep(by))
    _hold(by)
    _room(by)
    ending = kinds.ending_of(name)
    stem = _cleaned(name[: -len(ending)] if ending else name) or _("CV")
    row = Cv.objects.create(member=by, name=_free(by, stem, ending), stored=kept, content_type=content_type, size=size)
    record("applications.cv_kept", actor=by, subject=row)
    return row


def _cleaned(name: str) -> str:
    """The name of a file as a line that shows what it says; "" for what shows nothing."""
    try:
        return clean_line(name[:NAME_LIMIT], NAME_LIMIT)
    except ValidationError:
        return ""


def _hold(by: Member) -> None:
    """One change at a time for each member, so that two do not both see the last place free."""
    Member.objects.select_for_update(no_key=True).get(pk=by.pk)


def _room(by: Member) -> None:
    if Cv.objects.filter(member=by).count() >= MOST:
        raise Conflict(_("You keep %(n)s CVs here, and that is the most there can be. Remove one first.") % {"n": MOST})


def _free(by: Member, stem: str, ending: str, but: int = 0) -> str:
    """A name that no other of hers has."""
    taken = set(Cv.objects.filter(member=by).exclude(pk=but).values_list("name", flat=True))
    stem = stem[: NAME_LIMIT - len(ending) - 5].strip()
    names = (stem + (f" ({n})" if n > 1 else "") + ending for n in range(1, MOST + 3))
    return next(name for name in names if name not in taken)
