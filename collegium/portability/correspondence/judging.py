"""Messages and invitations beside what is kept already. A line of the review is a conversation, not a message.

Nothing of it is ever ticked by us: these are words of other people too.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _

from collegium.members.models import Member
from collegium.portability.correspondence.letters import DRAFT, EMPTY, OVER, REPEATED, Letters, mark_of
from collegium.portability.correspondence.models import MOST_INVITATIONS, MOST_MESSAGES, Invited, Letter
from collegium.portability.imports.gathering import Piece
from collegium.portability.imports.verdicts import Judged, here, new, only, out, repeated
from collegium.portability.linkedin.things import Invitation
from collegium.ui.text import number

TALK, INVITED = "conversation", "invitation"


def talks(member: Member, letters: Letters) -> Iterator[Judged]:
    """Every conversation, with how much of it is new; and what stays behind, by its reason. One statement."""
    if not letters.rows and not letters.left:
        return
    kept = {bytes(mark) for mark in Letter.objects.filter(member=member).values_list("mark", flat=True).iterator()}
    letters.fresh = {row.mark for row in letters.rows} - kept
    count, fresh, last = Counter[bytes](), Counter[bytes](), dict[bytes, int]()
    for row in letters.rows:
        count[row.talk] += 1
        fresh[row.talk] += row.mark in letters.fresh
        last[row.talk] = max(last.get(row.talk, 0), row.sent)
    for mark, talk in letters.talks.items():
        data: dict[str, Any] = {"mark": mark.hex(), "title": talk.title, "folder": talk.folder}
        data["people"] = letters.others(talk)
        data |= {"count": count[mark], "new": fresh[mark], "last": last.get(mark, 0)}
        piece = Piece(talk.file, talk.line, None)
        yield new(piece, TALK, data, chosen=False) if fresh[mark] else here(piece, TALK, data)
    yield from _left(letters, len(kept))


def _left(letters: Letters, kept: int) -> Iterator[Judged]:
    """What stays behind of each file, counted by its reason."""
    for place, reasons in letters.left.items():
        for why, count in sorted(reasons.items()):
            yield out(Piece(place, 0, None), TALK, {"left": count}, reason(why))
    beyond = kept + len(letters.fresh) - MOST_MESSAGES
    if letters.fresh and beyond > 0:
        first = next(iter(letters.talks.values()))
        yield out(Piece(first.file, 0, None), TALK, {"left": beyond}, no_room())


def reason(why: str) -> str:
    """Why messages stay behind."""
    if why == DRAFT:
        return _("Drafts: they were never sent.")
    if why == EMPTY:
        return _("They have no words; files are not in the archive.")
    if why == REPEATED:
        return _("The archive says them twice.")
    return no_room() if why == OVER else ""


def no_room() -> str:
    """What the most is."""
    words = _("There is room for %(most)s messages. The newest of those you choose come in.")
    return words % {"most": number(MOST_MESSAGES)}


def mark(said: Invitation) -> bytes:
    """By which an invitation is known again."""
    name, slug = other(said)
    return mark_of("invitation", str(said.incoming), said.at, slug or name, said.message)


def other(said: Invitation) -> tuple[str, str]:
    """Name and address of the other one."""
    if said.incoming:
        return said.sender, said.sender_slug
    return said.recipient, said.recipient_slug


def invitations(member: Member, pieces: Sequence[Piece]) -> Iterator[Judged]:
    """Every invitation; one statement."""
    found = only(pieces, Invitation)
    if not found:
        return
    kept = {bytes(each) for each in Invited.objects.filter(member=member).values_list("mark", flat=True)}
    lines, room = dict[bytes, int](), MOST_INVITATIONS - len(kept)
    for piece in found:
        said: Invitation = piece.thing
        data, key = {name: value for name, value in asdict(said).items() if value}, mark(said)
        if key in lines:
            yield out(piece, INVITED, data, repeated(lines[key]))
            continue
        lines[key] = piece.line
        if key in kept:
            yield here(piece, INVITED, data)
        elif not any(other(said)):
            yield out(piece, INVITED, data, _("It does not say with whom."))
        elif room <= 0:
            words = _("There is room for %(most)s invitations.") % {"most": number(MOST_INVITATIONS)}
            yield out(piece, INVITED, data, words)
        else:
            room -= 1
            yield new(piece, INVITED, data, chosen=False)


def of_data(data: Mapping[str, Any]) -> Invitation:
    """The invitation that a row of the review was made of."""
    return Invitation(**data)
