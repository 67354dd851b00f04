"""A year of what made-up members do, made by the database: each step is a few statements over whole tables.

Who comments, reacts or invites is drawn from the connections (of the connections), so that everything said
is said by somebody who may see what it is said to. (`+ 0 * column` makes the database draw anew for every row.)
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from collegium.lib.text import render
from collegium.portability.bulk import unburdened
from collegium.portability.demo import content
from collegium.portability.memory import Ids
from collegium.portability.synth import careers

Step = Callable[[Any], None]

YEAR_MS = 365 * 86_400_000
POSTS_A_MEMBER, COMMENTS_A_POST, REACTIONS_A_POST = 10, 1.6, 5
INVITATION_IN = 0.9  # pending ones a member, sent
NOTES = (
    "",
    "",
    "We met at the meeting in spring and did not finish our conversation. I would like to.",
    "A colleague of ours told me about your work. May I ask you a question now and then?",
    "We studied at the same school, a few years apart.",
    "I read what you wrote last week and agree with half of it. The other half interests me.",
    "I am moving into your field next year and would be glad to know somebody there.",
    "Thank you for your talk. I should like to stay in touch.",
)


def steps(now: datetime) -> list[tuple[str, Step]]:
    """What is to be done, in order, with a name for each."""
    moment = round(now.timestamp() * 1000) - 60_000
    ids = Ids()
    return [
        ("careers", lambda cursor: careers.employ(cursor, moment)),
        ("texts", _texts),
        ("posts", lambda cursor: _posts(cursor, moment, ids)),
        ("comments", lambda cursor: _comments(cursor, moment, ids)),
        ("reactions", lambda cursor: _reactions(cursor, moment, ids)),
        ("storing what was said", _store),
        ("invitations", lambda cursor: _invitations(cursor, moment, ids)),
    ]


def _texts(cursor: Any) -> None:
    """The words of the demo community, rendered once and numbered."""
    cursor.execute("CREATE TEMP TABLE synth_text (kind text, no int, body text, html text, facet text) ON COMMIT DROP")
    posts = content.read().posts
    said = [("post", post.body, "personal" if post.personal else "professional") for post in posts]
    said += [("comment", comment.body, "") for post in posts for comment in post.comments]
    counts = {"post": 0, "comment": 0}
    with cursor.copy("COPY synth_text FROM STDIN") as copy:
        for kind, body, facet in said:
            copy.write_row((kind, counts[kind], body, str(render(body).html), facet))
            counts[kind] += 1
    cursor.execute("ANALYZE synth_text")


def _count(kind: str) -> str:
    return f"(SELECT count(*) FROM synth_text WHERE kind = '{kind}')"


def _posts(cursor: Any, now: int, ids: Ids) -> None:
    """Few write much: the number of posts is log-normal around its mean."""
    cursor.execute(f"""
        CREATE TEMP TABLE synth_post ON COMMIT DROP AS
        SELECT {ids.sql_at("at")} AS id, author, at, text, audience, exp(1.1 * random_normal() - 0.6) AS liked FROM (
            SELECT m.id AS author, floor(random() * {_count("post")})::int AS text,
                   {now} - ({now} - greatest(m.id >> 21, {now - YEAR_MS})) * random() ^ 1.2 AS moment,
                   CASE WHEN dice < 0.12 THEN 0 WHEN dice < 0.45 THEN 1 WHEN dice < 0.6 THEN 2 WHEN dice < 0.98 THEN 3
                        ELSE 4 END AS audience
            FROM members_member m
            CROSS JOIN LATERAL (SELECT exp(1.2 * random_normal() - 0.72 + m.id * 0) AS talkative) t
            CROSS JOIN LATERAL generate_series(1, least(400, {POSTS_A_MEMBER} * talkative)::int)
            CROSS JOIN LATERAL (SELECT random() + m.id * 0 AS dice) d
        ) p CROSS JOIN LATERAL (SELECT p.moment::bigint AS at) a""")
    cursor.execute("CREATE INDEX ON synth_post (id)")
    cursor.execute("ANALYZE synth_post")


def _comments(cursor: Any, now: int, ids: Ids) -> None:
    """Said by connections of the author, a fifth by the author; a third of those after the first answer the first."""
    cursor.execute(f"""
        CREATE TEMP TABLE synth_comment ON COMMIT DROP AS
        SELECT id, post, author, text,
               CASE WHEN place > 1 AND random() < 0.35 THEN first_value(id) OVER (PARTITION BY post ORDER BY id) END
               AS parent
        FROM (
            SELECT {ids.sql_at("at")} AS id, post, author, text,
                   row_number() OVER (PARTITION BY post ORDER BY at) AS place
            FROM (
                SELECT p.id AS post, floor(random() * {_count("comment")})::int AS text,
                       CASE WHEN random() < 0.2 THEN p.author ELSE f.friends[1 + floor(random() * f.n)::int] END
                       AS author,
                       p.at + 60000 + (least(-ln(1 - random()) * 28800000, ({now} - p.at) * random()))::bigint AS at
                FROM synth_post p JOIN synth_friends f ON f.id = p.author
                CROSS JOIN LATERAL generate_series(1, least(60, {COMMENTS_A_POST} * p.liked)::int)
                WHERE p.audience < 4
            ) c
        ) numbered""")
    cursor.execute("ANALYZE synth_comment")


def _reactions(cursor: Any, now: int, ids: Ids) -> None:
    """To posts by connections of the author, to comments by connections of who made them."""
    kinds = (
        "(ARRAY['like','like','like','insightful','celebrate','support','love','funny'])[1 + floor(random() * 8)::int]"
    )
    cursor.execute(f"""
        CREATE TEMP TABLE synth_reaction ON COMMIT DROP AS
        SELECT {ids.sql_at("at")} AS id, member, post, comment, kind FROM (
            SELECT DISTINCT ON (member, post, comment) member, post, comment, kind,
                   coalesce(comment, post) >> 21 | 0 AS since, drawn
            FROM (
                SELECT f.friends[1 + floor(random() * f.n)::int] AS member, p.id AS post, NULL::bigint AS comment,
                       {kinds} AS kind, random() AS drawn
                FROM synth_post p JOIN synth_friends f ON f.id = p.author
                CROSS JOIN LATERAL generate_series(1, least(f.n * 0.6, {REACTIONS_A_POST} * p.liked)::int)
                WHERE p.audience < 4
                UNION ALL
                SELECT f.friends[1 + floor(random() * f.n)::int], NULL, c.id, {kinds}, random()
                FROM synth_comment c JOIN synth_friends f ON f.id = c.author WHERE random() < 0.3
            ) drawn_ones
        ) r CROSS JOIN LATERAL (SELECT (since + ({now} - since) * drawn ^ 8)::bigint AS at) a""")
    cursor.execute("ANALYZE synth_reaction")


def _store(cursor: Any) -> None:
    """Into the feed, in the order of their keys, with their counts."""
    tables = {"feed_post": "synth_post", "feed_comment": "synth_comment", "feed_reaction": "synth_reaction"}
    coming = {}
    for table, stage in tables.items():
        cursor.execute(f"SELECT count(*) FROM {stage}")
        coming[table] = cursor.fetchone()[0]
    with unburdened(cursor, "feed_post", coming["feed_post"], uniques=True):
        cursor.execute("""
            INSERT INTO feed_post
                (id, author_id, body, html, audience, facet, commenting, reaction_count, comment_count)
            SELECT p.id, p.author, t.body, t.html, p.audience, t.facet, 'anyone', coalesce(r.n, 0), coalesce(c.n, 0)
            FROM synth_post p JOIN synth_text t ON t.kind = 'post' AND t.no = p.text
            LEFT JOIN (SELECT post, count(*) AS n FROM synth_comment GROUP BY post) c ON c.post = p.id
            LEFT JOIN (SELECT post, count(*) AS n FROM synth_reaction WHERE post IS NOT NULL GROUP BY post) r
            ON r.post = p.id
            ORDER BY p.id""")
    with unburdened(cursor, "feed_comment", coming["feed_comment"], uniques=True):
        cursor.execute("""
            INSERT INTO feed_comment (id, post_id, parent_id, author_id, body, html, reaction_count)
            SELECT c.id, c.post, c.parent, c.author, t.body, t.html, coalesce(r.n, 0)
            FROM synth_comment c JOIN synth_text t ON t.kind = 'comment' AND t.no = c.text
            LEFT JOIN (SELECT comment, count(*) AS n FROM synth_reaction WHERE comment IS NOT NULL GROUP BY comment) r
            ON r.comment = c.id ORDER BY c.id""")
    with unburdened(cursor, "feed_reaction", coming["feed_reaction"], uniques=True):
        cursor.execute("""
            INSERT INTO feed_reaction (id, member_id, post_id, comment_id, kind)
            SELECT id, member, post, comment, kind FROM synth_reaction ORDER BY id""")


def _invitations(cursor: Any, now: int, ids: Ids) -> None:
    """Pending ones of the last two months, to people two steps away, each with its notice."""
    notes = ", ".join("'{}'".format(note.replace("'", "''")) for note in NOTES)
    cursor.execute(f"""
        CREATE TEMP TABLE synth_invitation ON COMMIT DROP AS
        SELECT {ids.sql_at("at")} AS id, sender, recipient, note FROM (
            SELECT DISTINCT ON (least(sender, recipient), greatest(sender, recipient)) sender, recipient,
                   (ARRAY[{notes}])[1 + floor(random() * {len(NOTES)})::int] AS note,
                   ({now} - random() * {60 * 86_400_000})::bigint AS at
            FROM (
                SELECT f.id AS sender, g.friends[1 + floor(random() * g.n)::int] AS recipient
                FROM synth_friends f
                CROSS JOIN LATERAL generate_series(1, (random() * {2.6 * INVITATION_IN} + 0 * f.n)::int) AS i(no)
                JOIN synth_friends g ON g.id = f.friends[1 + (i.no * 104729 % f.n)]
            ) pairs WHERE sender <> recipient
        ) i WHERE NOT EXISTS (
            SELECT FROM ties_connection t WHERE t.member_id = i.sender AND t.other_id = i.recipient)""")
    cursor.execute("""
        INSERT INTO ties_invitation (id, sender_id, recipient_id, note, reply, state)
        SELECT id, sender, recipient, note, '', 'pending' FROM synth_invitation ORDER BY id""")
    cursor.execute("""
        INSERT INTO notifications_notification (id, recipient_id, actor_id, kind, cause, subject, data)
        SELECT id, recipient, sender, 'network.invited', 'invitation:' || id, id, '{}'
        FROM synth_invitation ORDER BY id""")
