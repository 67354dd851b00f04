"""The community bundle, version 1, as data: which files, which columns, what may stand in them (see docs/bundle.md)."""

from collections.abc import Mapping

from collegium.audience.level import Level
from collegium.feed.models import COMMENT_LIMIT, POST_LIMIT, SIDE_NAME, Facet, Mix, Origin, Reaction
from collegium.occasions.models import MOST_YEARS, WHAT_LIMIT, Occasion
from collegium.organizations import industries
from collegium.organizations.models import Organization
from collegium.polls.models import MOST as MOST_ANSWERS
from collegium.portability import cells, event_columns, group_columns
from collegium.portability.group_columns import YES_OR_NO
from collegium.portability.spec import Column, FileSpec, Reference

NAME_LIMIT, HEADLINE_LIMIT, ABOUT_LIMIT, PLACE_LIMIT = 100, 220, 2600, 100
TITLE_LIMIT, LATEST_YEAR = 200, 2200
# Of days, reactions and comments in the rule for old posts, and of posts between two personal ones.
MOST_DAYS, MOST_COUNTED, MOST_APART = 36_500, 1_000_000, 100

AUDIENCES = {
    "everyone": Level.EVERYONE,
    "members": Level.MEMBERS,
    "network": Level.NETWORK,
    "connections": Level.CONNECTIONS,
    "only_me": Level.ONLY_ME,
}


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
                Column("industry", cells.choice(_same(*(word for word, _label in industries.SECTORS)), "")),
                Column("size", cells.choice(_same(*Organization.Size.values), "")),
                Column("founded", cells.number(1, LATEST_YEAR, needed=False)),
                Column("places", cells.topics),
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
        *group_columns.specs(at),
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
                Column("own_facet", Reference("facets", needed=False)),
                Column("origin", cells.choice({str(o): str(o) for o in Origin}, "")),
                Column("stays", cells.choice(YES_OR_NO, default=False)),
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


def _facets() -> FileSpec:
    return FileSpec(
        "facets",
        (
            Column("key", cells.key, needed=True),
            Column("member", _MEMBER, needed=True),
            Column("name", _line(SIDE_NAME, needed=True), needed=True),
            Column("side", cells.choice({str(f): str(f) for f in Facet}, str(Facet.PROFESSIONAL))),
        ),
        keyed=True,
    )


def _parts(at: cells.Check) -> list[FileSpec]:
    """What hangs on posts."""
    post = Column("post", Reference("posts"), needed=True)
    return [
        FileSpec(
            "polls",
            (
                post,
                Column("answers", cells.answers, needed=True),
                Column("ends_at", cells.instant(cells.latest_end()), needed=True),
                Column("first_vote_at", at),
            ),
        ),
        FileSpec(
            "votes",
            (
                Column("member", _MEMBER, needed=True),
                post,
                Column("answer", cells.number(1, MOST_ANSWERS), needed=True),
            ),
        ),
        FileSpec(
            "occasions",
            (
                post,
                Column("kind", cells.choice({str(k): str(k) for k in Occasion.Kind}, None), needed=True),
                Column("what", _line(WHAT_LIMIT)),
                Column("organization_name", _line(TITLE_LIMIT)),
                Column("years", cells.number(1, MOST_YEARS, needed=False)),
            ),
        ),
    ]


def _wishes() -> list[FileSpec]:
    """What members want to read, and what becomes of their old posts."""
    kept = ("keeps_featured", "keeps_saved", "keeps_articles", "keeps_brought")
    counted = cells.number(1, MOST_COUNTED, needed=False)
    return [
        FileSpec(
            "reading",
            (
                Column("member", _MEMBER, needed=True),
                Column("sides", cells.choice({str(s): str(s) for s in Mix.Sides}, str(Mix.Sides.PROFESSIONAL))),
                Column("one_in", cells.number(1, MOST_APART, needed=False)),
                Column("order", cells.choice({str(v): str(v) for v in Mix.View}, str(Mix.View.NEWEST))),
                Column("weights", cells.weights),
                Column("no_machines", cells.choice(YES_OR_NO, default=False)),
            ),
        ),
        FileSpec(
            "read_sides",
            (
                Column("reader", _MEMBER, needed=True),
                Column("author", _MEMBER, needed=True),
                Column("professional", cells.choice(YES_OR_NO, default=True)),
                Column("personal", cells.choice(YES_OR_NO, default=False)),
            ),
        ),
        FileSpec(
            "read_facets",
            (
                Column("reader", _MEMBER, needed=True),
                Column("facet", Reference("facets"), needed=True),
                Column("wanted", cells.choice(YES_OR_NO, None), needed=True),
            ),
        ),
        FileSpec(
            "old_posts",
            (
                Column("member", _MEMBER, needed=True),
                Column("days", cells.number(1, MOST_DAYS), needed=True),
                Column("loved", counted),
                Column("discussed", counted),
                *(Column(name, cells.choice(YES_OR_NO, default=True)) for name in kept),
            ),
        ),
    ]


def files() -> dict[str, FileSpec]:
    """Every file of the format, in the order in which they are read: what is referred to comes first."""
    at = cells.instant(cells.latest())
    events = event_columns.specs(at, AUDIENCES)
    specs = [*_people(at), _facets(), *_careers(), *_ties(at), *_words(at), *_parts(at), *events, *_wishes()]
    return {spec.name: spec for spec in specs}
