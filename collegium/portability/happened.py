"""Stores the events of a load: each with its post, its times by number, and who answered. Triggers count the seats."""

from collegium.lib import clock
from collegium.portability.happening import DATES, EVENTS, GUESTS
from collegium.portability.memory import Ids
from collegium.portability.stage import Stage


def merge(stage: Stage, source: str, ids: Ids) -> None:
    """Put what is new in its tables; the answers come in with their event, and once."""
    report, now = stage.report, round(clock.now().timestamp() * 1000)
    _posts(stage)
    report.added[EVENTS] = _events(stage)
    stage.run(f"""
        INSERT INTO events_occurrence (id, event_id, number, original_at, starts_at, ends_at, moved, cancelled_at,
                                       seats_taken)
        SELECT {ids.sql(now)}, event, row_number() OVER (PARTITION BY event ORDER BY original) - 1,
               {_instant("original")}, {_instant("starts")}, {_instant("ends")}, moved, {_instant("cancelled_at")}, 0
        FROM stage_date""")
    report.added[DATES] = stage.value("SELECT count(*) FROM stage_change")
    report.added[GUESTS] = _answers(stage, ids.sql(now))
    report.already[GUESTS] += stage.value("SELECT count(*) FROM stage_answer") - report.added[GUESTS]
    stage.run(
        """INSERT INTO portability_loadedkey (source, kind, key, row, mark)
        SELECT %s, 'events', key, id, 0 FROM stage_event""",
        [source],
    )


def _instant(column: str) -> str:
    return f"to_timestamp({column} / 1000.0)"


def _posts(stage: Stage) -> None:
    """The posts they hang on."""
    stage.run("""
        INSERT INTO feed_post (id, author_id, written_by_id, group_id, page_id, body, html, audience, facet, side_id,
                               has_parts, commenting, reaction_count, comment_count)
        SELECT id, author, writer, grp, page, words, words_html, audience, facet, side, true, 'anyone', 0, 0
        FROM stage_event ORDER BY id""")


def _events(stage: Stage) -> int:
    return stage.run(f"""
        INSERT INTO events_event (id, post_id, title, about, html, form, place, address, link, zone, day, hour, minutes,
                                  rule, answer_until, capacity, waiting_list, approving, guests_allowed, list_for,
                                  attendees_invite, cover, cover_width, cover_height, cover_alt, cancelled_at,
                                  cancelled_words, sequence)
        SELECT id, id, title, about, html, form, place, address, link, zone, day, hour, minutes, rule, answer_until,
               capacity, waiting_list, approving, guests_allowed, list_for, attendees_invite, '', 0, 0, '',
               {_instant("cancelled_at")}, cancelled_words, 0
        FROM stage_event ORDER BY id""")


def _answers(stage: Stage, new: str) -> int:
    """Whom a block parts from the author is left out. Within a millisecond those who wait keep the order of lines."""
    order = "row_number() OVER (PARTITION BY a.event, a.date, a.answered_at ORDER BY a.line) - 1"
    return stage.run(f"""
        INSERT INTO events_attendance (id, occurrence_id, member_id, state, guests, answers, listed, since, words, code,
                                       checked_in_at)
        SELECT {new}, o.id, a.member, a.state, a.guests, '{{}}', a.listed,
               coalesce({_instant("a.answered_at")}, transaction_timestamp())
               + least({order}, 999) * interval '1 microsecond', '', a.code, {_instant("a.checked_in_at")}
        FROM stage_answer a JOIN stage_event e ON e.id = a.event
        JOIN events_occurrence o ON o.event_id = a.event AND o.original_at = {_instant("a.date")}
        WHERE NOT EXISTS (
            SELECT FROM ties_block b WHERE (b.blocker_id, b.blocked_id) IN ((e.author, a.member), (a.member, e.author))
        ) ORDER BY a.line""")
