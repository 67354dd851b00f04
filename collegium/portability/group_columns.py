"""The two files of groups in the community bundle: their columns, and what may stand in them (see docs/bundle.md)."""

from collections.abc import Mapping

from collegium.groups.models import Role, groups
from collegium.portability import cells
from collegium.portability.spec import Column, FileSpec, Reference

YES_OR_NO = {"yes": True, "no": False}
ROLES = {role.name.lower(): role.value for role in reversed(Role)}


def _same(*words: str) -> Mapping[str, str]:
    return {word: word for word in words}


def specs(at: cells.Check) -> list[FileSpec]:
    """Groups, and who is in them. What the given format does not have stands behind what it has."""
    switch, on = cells.choice(YES_OR_NO, default=False), cells.choice(YES_OR_NO, default=True)
    return [
        FileSpec(
            "groups",
            (
                Column("key", cells.key, needed=True),
                Column("name", cells.line(groups.NAME_LIMIT, needed=True), needed=True),
                Column("about", cells.text(groups.ABOUT_LIMIT)),
                Column("visibility", cells.choice(_same(*groups.Visibility.values), "private")),
                Column("owner", Reference("members"), needed=True),
                Column("created_at", at),
                Column("handle", cells.handle),
                Column("line", cells.line(groups.LINE_LIMIT)),
                Column("rules", cells.text(groups.RULES_LIMIT)),
                Column("rules_at", at),
                Column("welcome", cells.text(groups.WELCOME_LIMIT)),
                Column("place", cells.line(groups.PLACE_LIMIT)),
                Column("joining", cells.choice(_same(*groups.Joining.values), "")),
                Column("posting", cells.choice(_same(*groups.Posting.values), str(groups.Posting.MEMBERS))),
                Column("approving", switch),
                Column("topics", cells.topics),
                Column("on_topic", switch),
                Column("members_invite", on),
                Column("ended_at", at),
            ),
            keyed=True,
        ),
        FileSpec(
            "group_members",
            (
                Column("group", Reference("groups"), needed=True),
                Column("member", Reference("members"), needed=True),
                Column("role", cells.choice(ROLES, Role.MEMBER.value)),
                Column("joined_at", at),
                Column("agreed_at", at),
                *(Column(name, on) for name in ("at_home", "in_digest", "reachable")),
            ),
        ),
    ]
