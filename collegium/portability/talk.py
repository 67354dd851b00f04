"""Brings what people said from the stage into the feed, with every count right from the first moment."""

from collegium.lib import clock
from collegium.portability import grouped, hung, ties
from collegium.portability.memory import Ids
from collegium.portability.models import LoadedTies
from collegium.portability.stage import Stage
from collegium.portability.words import COMMENTS, POSTS, REACTIONS

KINDS = {"post": LoadedTies.Kind.POST_REACTION.value, "comment": LoadedTies.Kind.COMMENT_REACTION.value}


def merge(stage: Stage, source: str, ids: Ids) -> None:
    """Posts, comments, reactions, topics, mentions."""
    _find_fresh_reactions(stage)
    report = stage.report
    report.added[POSTS] = _posts(stage)
    report.added[COMMENTS] = _comments(stage)
    report.added[REACTIONS] = _reactions(stage)
    report.already[REACTIONS] += stage.value("SELECT count(*) FROM stage_reaction") - report.added[REACTIONS]
    now = round(clock.now().timestamp() * 1000)
    _topics(stage, ids.sql(now))
    grouped.merge_topics(stage, ids.sql(now))
    _mentions(stage, ids.sql(now))
    for kind in KINDS:
        stage.run(
            "INSERT INTO portability_loadedkey (source, kind, key, row, mark)"
            f" SELECT %s, '{kind}s', key, id, 0 FROM stage_{kind}",
            [source],
        )


def _find_fresh_reactions(stage: Stage) -> None:
    """Those that no earlier load brought, and whose member has not reacted here meanwhile."""
    for target, kind in KINDS.items():
        staged = f"SELECT member, {target} FROM stage_reaction WHERE {target} IS NOT NULL"
        before = ties.known(stage, kind, f"SELECT member FROM ({staged}) s")
        stage.run(f"DROP TABLE IF EXISTS pg_temp.fresh_{target}_reaction")
        stage.run(f"""
            CREATE TEMP TABLE fresh_{target}_reaction ON COMMIT DROP AS
            SELECT s.id, s.member, s.{target} AS target, s.kind FROM stage_reaction s
            WHERE s.{target} IS NOT NULL
            AND NOT EXISTS (SELECT FROM {before} l WHERE l.one = s.member AND l.other = s.{target})
            AND NOT EXISTS (SELECT FROM feed_reaction r WHERE r.member_id = s.member AND r.{target}_id = s.{target})""")
        stage.run(f"ANALYZE fresh_{target}_reaction")
        ties.remember(stage, kind, staged, before)


def _posts(stage: Stage) -> int:
    """New posts with their counts; posts of earlier loads count what is new under them."""
    counts = {
        "comment_count": "SELECT post AS id, count(*) AS n FROM stage_comment GROUP BY post",
        "reaction_count": "SELECT target AS id, count(*) AS n FROM fresh_post_reaction GROUP BY target",
    }
    for column, count in counts.items():
        stage.run(f"""
            UPDATE feed_post p SET {column} = {column} + c.n FROM ({count}) c WHERE p.id = c.id""")
    return stage.run(f"""
        INSERT INTO feed_post (id, author_id, group_id, body, html, audience, facet, side_id, origin, stays, has_parts,
                               commenting, reaction_count, comment_count)
        SELECT s.id, s.author, s.grp, s.body, s.html, s.audience, s.facet, s.side, s.origin, s.stays,
               s.id IN ({hung.HUNG}), 'anyone', coalesce(r.n, 0), coalesce(c.n, 0)
        FROM stage_post s LEFT JOIN ({counts["comment_count"]}) c ON c.id = s.id
        LEFT JOIN ({counts["reaction_count"]}) r ON r.id = s.id ORDER BY s.id""")


def _comments(stage: Stage) -> int:
    count = "SELECT target AS id, count(*) AS n FROM fresh_comment_reaction GROUP BY target"
    stage.run(f"""
        UPDATE feed_comment p SET reaction_count = reaction_count + c.n FROM ({count}) c WHERE p.id = c.id""")
    return stage.run(f"""
        INSERT INTO feed_comment (id, post_id, parent_id, author_id, body, html, reaction_count)
        SELECT s.id, s.post, s.parent, s.author, s.body, s.html, coalesce(r.n, 0)
        FROM stage_comment s LEFT JOIN ({count}) r ON r.id = s.id ORDER BY s.id""")


def _reactions(stage: Stage) -> int:
    return sum(
        stage.run(f"""
            INSERT INTO feed_reaction (id, member_id, {target}_id, kind)
            SELECT id, member, target, kind FROM fresh_{target}_reaction ORDER BY member, target""")
        for target in KINDS
    )


def _topics(stage: Stage, new: str) -> None:
    stage.run(f"""
        INSERT INTO feed_topic (id, slug, name)
        SELECT {new}, slug, name FROM (SELECT slug, min(name) AS name FROM stage_topic GROUP BY slug ORDER BY slug) t
        ON CONFLICT (slug) DO NOTHING""")
    stage.run("""
        INSERT INTO feed_posttopic (topic_id, post_id)
        SELECT DISTINCT t.id, s.post FROM stage_topic s JOIN feed_topic t ON t.slug = s.slug ORDER BY 1, 2""")


def _mentions(stage: Stage, new: str) -> None:
    stage.run(f"""
        INSERT INTO feed_mention (id, member_id, post_id, comment_id)
        SELECT {new}, member, post, comment FROM stage_mention
        ON CONFLICT DO NOTHING""")
