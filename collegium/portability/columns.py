"""The community bundle, version 1, as data: which files, which columns, what may stand in them (see docs/bundle.md)."""

from collections.abc import Mapping
from typing import NamedTuple

from collegium.audience.level import Level
from collegium.feed.models import COMMENT_LIMIT, POST_LIMIT, Facet, Reaction
from collegium.portability import cells

NAME_LIMIT, HEADLINE_LIMIT, ABOUT_LIMIT, PLACE_LIMIT = 100, 220, 2600, 100
TITLE_LIMIT = 200

AUDIENCES = {
    "everyone": Level.EVERYONE,
    "members": Level.MEMBERS,
    "network": Level.NETWORK,
    "connections": Level.CONNECTIONS,
    "only_me": Level.ONLY_ME,
}


class Reference(NamedTuple):
    """A cell that names the key of a row in another file."""

    file: str
    needed: bool = True


class Column(NamedTuple):
    """A column: its name, and what turns a cell into a value."""

    name: str
    check: cells.Check | Reference
    needed: bool = False


class FileSpec(NamedTuple):
    """A file: its columns in the order in which their values are handed on; `keyed` when others refer to it."""

    name: str
    columns: tuple[Column, ...]
    keyed: bool = False


def _same(*words: str) -> Mapping[str, str]:
    return {word: word for word in words}


_MEMBER = Reference("members")
_line, _text, _date = cells.line, cells.text, cells.partial_date


def _people(at: cells.Check) -> list[FileSpec]:
    return [
        FileSpec(
            "organizations",
            (
                Column("key", cells.key, needed=True),
                Column("name", _line(TITLE_LIMIT, needed=True), needed=True),
                Column("kind", cells.choice(_same("company", "school", "nonprofit", "government", "other"), "other")),
                Column("website", cells.website),
                Column("place", _line(PLACE_LIMIT)),
                Column("about", _text(ABOUT_LIMIT)),
            ),
            keyed=True,
        ),
        FileSpec(
            "members",
            (
                Column("key", cells.key, needed=True),
                Column("name", _line(NAME_LIMIT, needed=True), needed=True),
                Column("email", cells.email),
                Column("handle", cells.handle),
                Column("headline", _line(HEADLINE_LIMIT)),
                Column("about", _text(ABOUT_LIMIT)),
                Column("place", _line(PLACE_LIMIT)),
                Column("joined_at", at),
            ),
            keyed=True,
        ),
    ]


def _careers() -> list[FileSpec]:
    employer = (
        Column("organization", Reference("organizations", needed=False)),
        Column("organization_name", _line(TITLE_LIMIT)),
    )
    lasted = (Column("started_on", _date), Column("ended_on", _date))
    who = Column("member", _MEMBER, needed=True)
    return [
        FileSpec(
            "positions",
            (
                who,
                *employer,
                Column("title", _line(TITLE_LIMIT)),
                Column("place", _line(PLACE_LIMIT)),
                *lasted,
                Column("description", _text(ABOUT_LIMIT)),
            ),
        ),
        FileSpec(
            "education",
            (who, *employer, Column("degree", _line(TITLE_LIMIT)), Column("field", _line(TITLE_LIMIT)), *lasted),
        ),
        FileSpec("skills", (who, Column("skill", _line(PLACE_LIMIT, needed=True), needed=True))),
        FileSpec("languages", (who, Column("language", cells.language, needed=True), Column("proficiency", _line(60)))),
        FileSpec("interests", (who, Column("topic", _line(PLACE_LIMIT, needed=True), needed=True))),
    ]


def _ties(at: cells.Check) -> list[FileSpec]:
    return [
        FileSpec(
            "connections",
            (
                Column("member_a", _MEMBER, needed=True),
                Column("member_b", _MEMBER, needed=True),
                Column("connected_at", at),
            ),
        ),
        FileSpec(
            "follows",
            (
                Column("follower", _MEMBER, needed=True),
                Column("followee_kind", cells.choice(_same("member", "organization"), None), needed=True),
                Column("followee", cells.key, needed=True),
                Column("followed_at", at),
            ),
        ),
        FileSpec(
            "groups",
            (
                Column("key", cells.key, needed=True),
                Column("name", _line(NAME_LIMIT, needed=True), needed=True),
                Column("about", _text(ABOUT_LIMIT)),
                Column("visibility", cells.choice(_same("public", "private", "unlisted"), "private")),
                Column("owner", _MEMBER, needed=True),
                Column("created_at", at),
            ),
            keyed=True,
        ),
        FileSpec(
            "group_members",
            (
                Column("group", Reference("groups"), needed=True),
                Column("member", _MEMBER, needed=True),
                Column("role", cells.choice(_same("owner", "manager", "member"), "member")),
                Column("joined_at", at),
            ),
        ),
    ]


def _words(at: cells.Check) -> list[FileSpec]:
    return [
        FileSpec(
            "posts",
            (
                Column("key", cells.key, needed=True),
                Column("author", _MEMBER, needed=True),
                Column("group", Reference("groups", needed=False)),
                Column("audience", cells.choice(AUDIENCES, Level.CONNECTIONS)),
                Column("facet", cells.choice({str(f): str(f) for f in Facet}, str(Facet.PROFESSIONAL))),
                Column("body", _text(POST_LIMIT, needed=True), needed=True),
                Column("topics", cells.topics),
                Column("created_at", at),
            ),
            keyed=True,
        ),
        FileSpec(
            "comments",
            (
                Column("key", cells.key, needed=True),
                Column("post", Reference("posts"), needed=True),
                Column("parent", cells.optional_key),
                Column("author", _MEMBER, needed=True),
                Column("body", _text(COMMENT_LIMIT, needed=True), needed=True),
                Column("created_at", at),
            ),
            keyed=True,
        ),
        FileSpec(
            "reactions",
            (
                Column("member", _MEMBER, needed=True),
                Column("target_kind", cells.choice(_same("post", "comment"), None), needed=True),
                Column("target", cells.key, needed=True),
                Column("kind", cells.choice({str(k): str(k) for k in Reaction.Kind}, str(Reaction.Kind.LIKE))),
                Column("reacted_at", at),
            ),
        ),
    ]


def files() -> dict[str, FileSpec]:
    """Every file of the format, in the order in which they are read: what is referred to comes first."""
    at = cells.instant(cells.latest())
    specs = [*_people(at), *_careers(), *_ties(at), *_words(at)]
    return {spec.name: spec for spec in specs}
