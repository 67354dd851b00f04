"""Groups, pages and events of made-up members, made by the database: few are very large, most are small.

The largest group has a tenth of all members, the largest page a fifth as followers, the largest event two thousand who
come. Who is in what is a walk through the members' numbers with a step that meets everybody once.
"""

from math import gcd
from typing import Any

from collegium.lib.text import render
from collegium.portability.bulk import unburdened
from collegium.portability.demo import content
from collegium.portability.memory import Ids

MEMBERS_A_GROUP, SHARE, STEEPNESS, LEAST = 200, 10, 0.9, 5
POSTS_A_GROUP, MOST_POSTS = 20, 2_000
FOLLOWERS_IN, PAGES = 5, 3
MEMBERS_AN_EVENT, MOST_COME = 500, 2_000
HOUR_MS, DAY_MS = 3_600_000, 86_400_000

_GROUPS = """
    CREATE TEMP TABLE synth_group ON COMMIT DROP AS
    SELECT no, {key} AS id, greatest(%(least)s, (%(largest)s / (no + 1) ^ %(steepness)s)::int) AS size
    FROM generate_series(0, %(most)s) AS g (no)"""
_STORE_GROUPS = """
    INSERT INTO groups_group (id, handle, name, line, about, rules, welcome, place, photo, cover, visibility, joining,
                              posting, approving, on_topic, members_invite, member_count)
    SELECT id, 'group-' || no, 'Circle ' || (no + 1), 'What circle ' || (no + 1) || ' is about', '', '', '', '', '', '',
           CASE WHEN no %% 3 = 2 THEN 'private' ELSE 'public' END,
           CASE WHEN no %% 3 = 2 THEN 'request' ELSE 'open' END,
           'members', false, false, true, 0
    FROM synth_group ORDER BY id"""
# The first of each owns it, one in two hundred keeps it.
_SEATS = """
    INSERT INTO groups_membership (member_id, group_id, role, since, agreed_at)
    SELECT m.id, g.id, CASE WHEN k = 0 THEN 3 WHEN k %% 200 = 1 THEN 1 ELSE 0 END, s.since, s.since
    FROM synth_group g CROSS JOIN LATERAL generate_series(0, least(g.size, %(members)s) - 1) AS k
    JOIN synth_member m ON m.no = (g.no * 7919 + k::bigint * %(step)s) %% %(members)s
    CROSS JOIN LATERAL (SELECT now() - (1 + (k * 37) %% 900) * interval '1 day' AS since) s
    ORDER BY m.id, g.id"""
_WORDS = """
    CREATE TEMP TABLE synth_words ON COMMIT DROP AS
    SELECT (ordinality - 1)::int AS no, body, html
    FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY AS w (body, html)"""
_SAID = """
    INSERT INTO feed_post (id, author_id, group_id, audience, facet, commenting, reaction_count, comment_count, body,
                           html)
    SELECT {key}, m.id, p.group_id, 5, 'professional', 'anyone', 0, 0, w.body, w.html
    FROM (
        SELECT g.no, g.id AS group_id, g.size, k, %(moment)s - (k * 17 + g.no %% 17) * %(hour)s::bigint / 4 AS at
        FROM synth_group g CROSS JOIN LATERAL generate_series(1, least(%(most)s, %(some)s + g.size / 50)) AS k
    ) p
    JOIN synth_member m ON m.no = (p.no * 7919 + ((p.k * 13) %% least(p.size, %(members)s))::bigint * %(step)s)
                                  %% %(members)s
    JOIN synth_words w ON w.no = (p.no * 31 + p.k * 7) %% %(words)s"""
_PAGES = """
    UPDATE organizations_organization SET page_since = now() - interval '1 year', industry = 'energy', size = '10001+'
    WHERE id IN (SELECT id FROM synth_house WHERE no < %(pages)s)"""
_FOLLOWERS = """
    INSERT INTO pages_follow (member_id, organization_id, since)
    SELECT m.id, h.id, now() - (m.no %% 700) * interval '1 day'
    FROM synth_member m JOIN synth_house h ON h.no < %(pages)s
    WHERE (m.no + h.no) %% (%(share)s * (h.no + 1)) = 0 ORDER BY m.id, h.id"""
_FOLLOWED = """
    UPDATE organizations_organization o SET follower_count = f.n
    FROM (SELECT organization_id, count(*) AS n FROM pages_follow GROUP BY 1) f WHERE f.organization_id = o.id"""
_EVENTS = """
    CREATE TEMP TABLE synth_event ON COMMIT DROP AS
    SELECT e.no, {post} AS post, {key} AS id, m.id AS author,
           now() + (1 + e.no %% 90) * interval '1 day' AS at,
           greatest(%(least)s, (%(largest)s / (e.no + 1) ^ %(steepness)s)::int) AS size
    FROM generate_series(0, %(most)s) AS e (no) JOIN synth_member m ON m.no = (e.no * 101) %% %(members)s"""
_EVENT_POSTS = """
    INSERT INTO feed_post (id, author_id, audience, facet, commenting, reaction_count, comment_count, body, html,
                           has_parts)
    SELECT post, author, 1, 'professional', 'anyone', 0, 0, '', '', true FROM synth_event ORDER BY post"""
_STORE_EVENTS = """
    INSERT INTO events_event (id, post_id, title, about, html, form, place, address, link, zone, day, hour, minutes,
                              rule, answer_until, waiting_list, approving, guests_allowed, list_for, attendees_invite,
                              cover, cover_width, cover_height, cover_alt, cancelled_words, sequence)
    SELECT id, post, 'Meeting ' || (no + 1), '', '', 'person', 'Town hall', '', '', 'UTC',
           (at AT TIME ZONE 'UTC')::date,
           (at AT TIME ZONE 'UTC')::time, 90, '', 0, true, false, 0, 'all', false, '', 0, 0, '', '', 0
    FROM synth_event ORDER BY id"""
_TIMES = """
    INSERT INTO events_occurrence (event_id, number, original_at, starts_at, ends_at, moved, seats_taken)
    SELECT id, 0, at, at, at + interval '90 minutes', false, 0 FROM synth_event ORDER BY id"""
_ATTENDANCES = """
    INSERT INTO events_attendance (occurrence_id, member_id, state, guests, answers, listed, since, words, code)
    SELECT o.id, m.id, 'going', 0, '{{}}', k %% 3 > 0, now() - k * interval '1 minute', '',
           left(replace(gen_random_uuid()::text, '-', ''), 22)
    FROM synth_event e JOIN events_occurrence o ON o.event_id = e.id
    CROSS JOIN LATERAL generate_series(0, least(e.size, %(members)s) - 1) AS k
    JOIN synth_member m ON m.no = (e.no * 101 + k::bigint * %(step)s) %% %(members)s"""


def meet(cursor: Any, moment: int) -> None:
    """Give made-up members the places they meet in; after their careers, which made the houses.

    Args:
        cursor: inside the transaction that made them.
        moment: milliseconds, which everything lies before, but for what events are to be.
    """
    cursor.execute("SELECT count(*) FROM synth_member")
    members = cursor.fetchone()[0]
    cursor.execute("CREATE INDEX ON synth_member (no)")
    cursor.execute("ANALYZE synth_member")
    asked = {"members": members, "step": _step(members)}
    _gather(cursor, moment, asked)
    _speak(cursor, moment, asked)
    _follow(cursor, asked)
    _invite(cursor, moment, asked)


def _step(members: int) -> int:
    """A step through so many numbers that meets each once."""
    return next(step for step in range(7_368_787, 7_400_000, 2) if gcd(step, members) == 1)


def _gather(cursor: Any, moment: int, asked: dict[str, Any]) -> None:
    members, ids = asked["members"], Ids()
    said = {
        "least": LEAST,
        "largest": members / SHARE,
        "steepness": STEEPNESS,
        "most": max(3, members // MEMBERS_A_GROUP),
    }
    cursor.execute(_GROUPS.format(key=ids.sql_at(f"({moment} - (1000 + no %% 700) * {DAY_MS}::bigint)")), said)
    cursor.execute("ANALYZE synth_group")
    cursor.execute(_STORE_GROUPS, said)
    cursor.execute("SELECT sum(least(size, %s)) FROM synth_group", [members])
    with unburdened(cursor, "groups_membership", cursor.fetchone()[0]):
        cursor.execute(_SEATS, asked)


def _speak(cursor: Any, moment: int, asked: dict[str, Any]) -> None:
    texts = [(post.body, str(render(post.body).html)) for post in content.read().posts]
    cursor.execute(_WORDS, [[body for body, _html in texts], [html for _body, html in texts]])
    cursor.execute("ANALYZE synth_words")
    said = asked | {"moment": moment, "hour": HOUR_MS, "most": MOST_POSTS, "some": POSTS_A_GROUP, "words": len(texts)}
    cursor.execute(_SAID.format(key=Ids().sql_at("p.at")), said)


def _follow(cursor: Any, asked: dict[str, Any]) -> None:
    said = asked | {"pages": PAGES, "share": FOLLOWERS_IN}
    cursor.execute(_PAGES, said)
    cursor.execute(_FOLLOWERS, said)
    cursor.execute(_FOLLOWED)


def _invite(cursor: Any, moment: int, asked: dict[str, Any]) -> None:
    members, ids = asked["members"], Ids()
    most = max(3, members // MEMBERS_AN_EVENT)
    said = asked | {
        "least": LEAST,
        "largest": min(MOST_COME, members / SHARE * 2),
        "steepness": STEEPNESS,
        "most": most,
    }
    at = f"({moment} - (1 + e.no %% 20) * {DAY_MS}::bigint)"
    cursor.execute(_EVENTS.format(post=ids.sql_at(at), key=ids.sql_at(at)), said)
    cursor.execute("ANALYZE synth_event")
    for statement in (_EVENT_POSTS, _STORE_EVENTS, _TIMES, _ATTENDANCES.replace("{{}}", "{}")):
        cursor.execute(statement, said)
