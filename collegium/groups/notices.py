"""Who hears of what happens at the doors of a group and among those who keep it."""

from collections.abc import Collection, Iterable
from functools import partial

from django.db import transaction
from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from collegium.audience.viewer import Viewer
from collegium.groups import succession
from collegium.groups.models import Group, Invitation, Membership, Request, Role
from collegium.journal.models import Entry
from collegium.lib import clock
from collegium.notifications.kinds import Kind, who
from collegium.notifications.models import Notification
from collegium.notifications.tell import notify, retract
from collegium.realtime.poke import poke

ASKED, INVITED, LET_IN, TURNED_DOWN = "groups.asked", "groups.invited", "groups.let_in", "groups.turned_down"
ROLE, SUCCEEDED, REMOVED = "groups.role_given", "groups.succeeded", "groups.removed"
BANNED, UNBANNED = "groups.banned", "groups.unbanned"
RULES, OPENED = "groups.rules_changed", "groups.opened"
# A block between the two must not keep it from somebody that she is kept out, or why.
IN_ITS_NAME = frozenset({TURNED_DOWN, REMOVED, BANNED, UNBANNED})


def _group(key: int | None) -> Group | None:
    return Group.objects.filter(pk=key or 0).first()


def _managers(group: Group) -> Iterable[int]:
    return Membership.objects.filter(group=group).keeping(Role.MANAGER).values_list("member_id", flat=True)


def _tell(entry: Entry, group: Group, members: Iterable[int], kind: str, subject: int, **data: object) -> None:
    """Tell them, in the name of who did it; what is said in the name of the group reaches whoever it parts from too."""
    about = {"handle": group.handle, "name": group.name} | data
    actor = None if kind in IN_ITS_NAME else entry.actor
    notify(members, kind=kind, actor=actor, cause=f"{kind}:{entry.pk}", subject=subject, **about)


def asked(entry: Entry) -> None:
    """Those who let people in."""
    request = Request.objects.standing().filter(pk=entry.data["request"]).select_related("group").first()
    if request is not None:
        _tell(entry, request.group, _managers(request.group), ASKED, request.pk)
        poke(_managers(request.group), request.group.topic)


def request_over(entry: Entry) -> None:
    """It waits no longer, for whoever was told that it does."""
    retract(kind=ASKED, subject=entry.data["request"])


def let_in(entry: Entry) -> None:
    """Whoever asked."""
    request_over(entry)
    if (group := _group(entry.subject)) is not None:
        _tell(entry, group, [entry.data["member"]], LET_IN, group.pk)


def turned_down(entry: Entry) -> None:
    """Whoever asked, with the words that were left for her."""
    request_over(entry)
    if (group := _group(entry.subject)) is not None:
        request = entry.data["request"]
        _tell(entry, group, [entry.data["member"]], TURNED_DOWN, request, words=entry.data["words"])


def invited(entry: Entry) -> None:
    """Whoever is asked in."""
    if (group := _group(entry.subject)) is not None:
        _tell(entry, group, [entry.data["member"]], INVITED, entry.data["invitation"])


def invitation_over(entry: Entry) -> None:
    """It was answered or taken back."""
    retract(kind=INVITED, subject=entry.data["invitation"])


def joined(entry: Entry) -> None:
    """What waited for her at the door is over."""
    if entry.actor is None:
        return
    group = entry.data["group"]
    for kind, doors in ((ASKED, Request.objects), (INVITED, Invitation.objects)):
        for key in doors.filter(group=group, member=entry.actor).values_list("pk", flat=True):
            retract(kind=kind, subject=key)
    poke([entry.actor], f"group-{group}")


def role_given(entry: Entry) -> None:
    """Whose role it is."""
    if (group := _group(entry.subject)) is not None:
        _tell(entry, group, [entry.data["member"]], ROLE, group.pk, role=entry.data["role"], was=entry.data["was"])


def succeeded(entry: Entry) -> None:
    """Who became an owner because nobody was one any more, and those who keep the group with her."""
    if (group := _group(entry.subject)) is not None:
        _tell(entry, group, [entry.data["member"]], SUCCEEDED, group.pk)


def removed(entry: Entry) -> None:
    """Who was taken out, with the reason."""
    if (group := _group(entry.subject)) is not None:
        _tell(entry, group, [entry.data["member"]], REMOVED, group.pk, reason=entry.data["reason"])
        poke([entry.data["member"]], group.topic)


def banned(entry: Entry) -> None:
    """Who is kept out: why, until when. What waited between her and the group is over."""
    group, member = _group(entry.subject), entry.data["member"]
    if group is None:
        return
    for kind, doors in ((ASKED, Request.objects), (INVITED, Invitation.objects)):
        for key in doors.filter(group=group, member=member).values_list("pk", flat=True):
            retract(kind=kind, subject=key)
    _tell(entry, group, [member], BANNED, group.pk, reason=entry.data["reason"], until=entry.data["until"])
    poke([member], group.topic)


def unbanned(entry: Entry) -> None:
    """She may come again."""
    if (group := _group(entry.subject)) is not None:
        _tell(entry, group, [entry.data["member"]], UNBANNED, group.pk)


def rules_changed(entry: Entry) -> None:
    """Everybody in it: they read them again before they post again."""
    if (group := _group(entry.subject)) is not None:
        _tell(entry, group, _everybody(group), RULES, group.pk)


def visibility_changed(entry: Entry) -> None:
    """Everybody in it, where what only they read is read by all from now on."""
    if entry.data["now"] == "public" and (group := _group(entry.subject)) is not None:
        _tell(entry, group, _everybody(group), OPENED, group.pk)


def suspended(entry: Entry) -> None:
    """The groups she owned alone get another owner, and nobody is brought in by her."""
    if entry.subject is not None:
        succession.succeed_after(entry.subject)
        _withdraw(Invitation.objects.standing().filter(sender=entry.subject))


@transaction.atomic
def blocked(entry: Entry) -> None:
    """Neither asks the other in any more."""
    if entry.actor is None or entry.subject is None:
        return
    pair = [entry.actor, entry.subject]
    _withdraw(Invitation.objects.standing().filter(sender__in=pair, member__in=pair))


def _withdraw(rows: QuerySet[Invitation]) -> None:
    keys = list(rows.values_list("pk", flat=True))
    rows.filter(pk__in=keys).update(outcome=Invitation.Outcome.WITHDRAWN, settled_at=clock.now())
    for key in keys:
        retract(kind=INVITED, subject=key)


def _everybody(group: Group) -> Iterable[int]:
    return Membership.objects.filter(group=group).values_list("member_id", flat=True)


def _known(viewer: Viewer, keys: Collection[int]) -> Collection[int]:
    """Groups the viewer may know of now."""
    return set(Group.objects.visible_to(viewer).filter(pk__in=keys).values_list("pk", flat=True))


def _own(viewer: Viewer, keys: Collection[int]) -> Collection[int]:
    """Groups the viewer is in now."""
    return set(Membership.objects.filter(member=viewer.id, group__in=keys).values_list("group_id", flat=True))


def _any(_viewer: Viewer, keys: Collection[int]) -> Collection[int]:
    """Groups that are there: that she had to go concerns her, whether or not she may still know of the group."""
    return set(Group.objects.filter(pk__in=keys).values_list("pk", flat=True))


def _requests(viewer: Viewer, keys: Collection[int]) -> Collection[int]:
    """Requests that wait, in groups where the viewer lets people in."""
    seats = Membership.objects.filter(member=viewer.id).keeping(Role.MANAGER).values("group_id")
    return set(Request.objects.standing().filter(pk__in=keys, group__in=seats).values_list("pk", flat=True))


def _mine(viewer: Viewer, keys: Collection[int]) -> Collection[int]:
    """Requests of the viewer's that were turned down."""
    rows = Request.objects.filter(pk__in=keys, member=viewer.id, outcome=Request.Outcome.DECLINED)
    return set(rows.values_list("pk", flat=True))


def _invitations(viewer: Viewer, keys: Collection[int]) -> Collection[int]:
    """Invitations that wait for the viewer."""
    return set(Invitation.objects.standing().filter(pk__in=keys, member=viewer.id).values_list("pk", flat=True))


def _name(told: Notification) -> SafeString:
    return format_html('<b class="name"><bdi>{}</bdi></b>', told.data.get("name", ""))


def _reason(told: Notification, key: str = "reason") -> SafeString | str:
    words = told.data.get(key, "")
    return format_html(" <q><bdi>{}</bdi></q>", words) if words else ""


def _phrase(words: object, told: Notification) -> SafeString:
    """One sentence of the kind, with the names and the reason put in."""
    reason = _reason(told) or _reason(told, "words")
    return format_html(str(words), who=who(told), group=_name(told), reason=reason)


def _asked_words(told: Notification) -> SafeString:
    return _phrase(_("{who} asks to be let into {group}"), told)


def _invited_words(told: Notification) -> SafeString:
    return _phrase(_("{who} invites you into the group {group}"), told)


def _let_in_words(told: Notification) -> SafeString:
    return _phrase(_("{who} let you into {group}. Welcome."), told)


def _turned_down_words(told: Notification) -> SafeString:
    return _phrase(_("Your request to join {group} was declined.{reason}"), told)


def _role_words(told: Notification) -> SafeString:
    role, was = Role(told.data.get("role", 0)), Role(told.data.get("was", 0))
    if role == Role.MEMBER:
        return format_html(
            _("{who} took a role from you in {group}: {role}"), who=who(told), group=_name(told), role=was.label
        )
    return format_html(_("{who} gave you a role in {group}: {role}"), who=who(told), group=_name(told), role=role.label)


def _succeeded_words(told: Notification) -> SafeString:
    return _phrase(_("You own {group} now, because nobody was left who did and you are next in line."), told)


def _removed_words(told: Notification) -> SafeString:
    return _phrase(_("You were taken out of the group {group}.{reason}"), told)


def _banned_words(told: Notification) -> SafeString:
    return _phrase(_("You are kept out of the group {group}.{reason}"), told)


def _unbanned_words(told: Notification) -> SafeString:
    return _phrase(_("You may join {group} again."), told)


def _rules_words(told: Notification) -> SafeString:
    return _phrase(_("{who} changed the rules of {group}. Read and accept them before you post there again."), told)


def _opened_words(told: Notification) -> SafeString:
    return _phrase(_("{who} made {group} public: everybody reads now what is posted there."), told)


def _path(page: str, told: Notification) -> str:
    return f"/groups/{told.data.get('handle', '')}/{page}"


def _all_groups(_told: Notification) -> str:
    return "/groups/"


KINDS = [
    Kind(ASKED, "door-open", _asked_words, partial(_path, "requests/"), _requests, topic="groups"),
    Kind(INVITED, "mail", _invited_words, partial(_path, "about/"), _invitations, topic="groups"),
    Kind(LET_IN, "door-open", _let_in_words, partial(_path, "welcome/"), _own, topic="groups"),
    Kind(TURNED_DOWN, "x", _turned_down_words, _all_groups, _mine, topic="groups"),
    Kind(ROLE, "user-cog", _role_words, partial(_path, "about/"), _own, topic="groups"),
    Kind(SUCCEEDED, "key", _succeeded_words, partial(_path, "about/"), _own, topic="groups"),
    Kind(REMOVED, "user-minus", _removed_words, _all_groups, _any, topic="groups"),
    Kind(BANNED, "ban", _banned_words, _all_groups, _any, topic="groups"),
    Kind(UNBANNED, "door-open", _unbanned_words, partial(_path, "about/"), _known, topic="groups"),
    Kind(RULES, "book-open", _rules_words, partial(_path, "rules/"), _own, topic="reading"),
    Kind(OPENED, "globe", _opened_words, partial(_path, "about/"), _own, topic="groups"),
]
