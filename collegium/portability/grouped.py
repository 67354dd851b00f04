"""Groups of a bundle and who is in them: read, compared with what is here, stored with their counts."""

from typing import Any

from collegium.groups.models import Joining, Role, Visibility
from collegium.lib import clock
from collegium.lib.handles import check_handle, handle_candidates
from collegium.lib.text.tokens import topic_slug
from collegium.portability import ties
from collegium.portability.bundle import GONE, Bundle
from collegium.portability.cells import TOPIC_LIMIT
from collegium.portability.memory import Ids, recall
from collegium.portability.models import LoadedTies
from collegium.portability.stage import Stage

GROUPS, SEATS = "groups.csv", "group_members.csv"
SEAT = LoadedTies.Kind.MEMBERSHIP.value
FALLBACK = "group"
# How one comes in where a bundle does not say it.
USUAL = {
    Visibility.PUBLIC: Joining.OPEN,
    Visibility.PRIVATE: Joining.REQUEST,
    Visibility.UNLISTED: Joining.INVITATION,
}


def read(bundle: Bundle, stage: Stage, ids: Ids) -> None:
    """Both files; afterwards every good key has its group, and every group its owner."""
    known, report = bundle.known["groups"], bundle.report
    before = recall(stage.cursor, report.source, "groups")
    arrived = round(clock.now().timestamp() * 1000)
    for line, values in bundle.rows("groups"):
        row = dict(zip((column.name for column in bundle.specs["groups"].columns), values, strict=True))
        key, owner = row["key"], row["owner"]
        row["joining"] = row["joining"] or USUAL[row["visibility"]].value
        if key in before:
            known[key] = before[key]
            (report.already if known[key] else report.gone)[GROUPS] += 1
        elif owner == GONE:
            known[key] = GONE
            report.gone[GROUPS] += 1
        elif row["visibility"] == Visibility.UNLISTED and row["joining"] != Joining.INVITATION:
            report.complain(GROUPS, line, f"joining is '{row['joining']}'; an unlisted group is entered by invitation")
            bundle.bad["groups"].add(key)
        else:
            at = row["created_at"] or arrived
            known[key] = ids.at(at)
            _stage(stage, line, known[key], row)
            stage.add("seat", (0, known[key], owner, Role.OWNER.value, at, row["rules_at"] or at, *_WISHES))
    stage.settle("group")
    also = (("seat", "grp"), ("group_topic", "grp"))
    stage.settle("seat", "group_topic")
    stage.renumber("group", "groups_group", ids, known, also)
    _read_seats(bundle, stage, arrived)
    _give_handles(stage)


_WISHES = (True, True, True)  # at home, in the weekly mail, reachable


def _stage(stage: Stage, line: int, number: int, row: dict[str, Any]) -> None:
    names = ("name", "line", "about", "rules", "welcome", "place", "visibility", "joining", "posting")
    said = [row[name] for name in names]
    switches = (row["approving"], row["on_topic"], row["members_invite"], row["rules_at"], row["ended_at"])
    stage.add("group", (line, row["key"], number, row["handle"], "", *said, *switches))
    for name in row["topics"]:
        stage.add("group_topic", (number, topic_slug(name.replace(" ", "-"))[:TOPIC_LIMIT], name))


def _read_seats(bundle: Bundle, stage: Stage, arrived: int) -> None:
    """Everybody once; the owner whom the group itself names is in it whether or not she stands here."""
    for line, (group, member, role, since, agreed, *wishes) in bundle.rows("group_members"):
        if GONE in (group, member):
            bundle.report.gone[SEATS] += 1
        else:
            stage.add("seat", (line, group, member, role, since or arrived, agreed, *wishes))
    stage.settle("seat")
    stage.twice("seat", SEATS, "grp, member", "names the same member as line ", "line > 0")
    # What her own line says counts, but she owns it.
    stage.run("""
        UPDATE stage_seat s SET role = o.role FROM stage_seat o
        WHERE o.line = 0 AND s.line > 0 AND s.grp = o.grp AND s.member = o.member""")
    stage.run("""
        DELETE FROM stage_seat o USING stage_seat s
        WHERE o.line = 0 AND s.line > 0 AND s.grp = o.grp AND s.member = o.member""")


def _give_handles(stage: Stage) -> None:
    """Each new group the address that was wanted, or else one made from that, or from the name."""
    coming = stage.rows("SELECT id, wanted, name FROM stage_group ORDER BY line")
    if not coming:
        return
    taken = {handle for (handle,) in stage.rows("SELECT handle FROM groups_group")}
    for key, wanted, name in coming:
        good = bool(wanted) and check_handle(wanted) is None and wanted not in taken
        handle = wanted if good else next(h for h in handle_candidates(wanted or name, FALLBACK) if h not in taken)
        taken.add(handle)
        stage.run("UPDATE stage_group SET handle = %s WHERE id = %s", [handle, key])


def merge(stage: Stage, source: str) -> None:
    """New groups, and who is new in any; whoever was in one before, or is kept out of it, does not come in again."""
    report = stage.report
    report.added[GROUPS] = stage.run("""
        INSERT INTO groups_group (id, handle, name, line, about, rules, rules_at, welcome, place, photo, cover,
                                  visibility, joining, posting, approving, on_topic, members_invite, member_count,
                                  ended_at)
        SELECT id, handle, name, tagline, about, rules,
               CASE WHEN rules <> '' THEN to_timestamp(coalesce(rules_at, id >> 21) / 1000.0) END, welcome, place,
               '', '', visibility, joining, posting, approving, on_topic, members_invite, 0,
               to_timestamp(ended_at / 1000.0)
        FROM stage_group ORDER BY id""")
    stage.run(
        """INSERT INTO portability_loadedkey (source, kind, key, row, mark)
        SELECT %s, 'groups', key, id, 0 FROM stage_group""",
        [source],
    )
    known = ties.known(stage, SEAT, "SELECT member FROM stage_seat")
    # A statement of its own tells the trigger that counts of all of them at once.
    stage.run(f"""
        INSERT INTO groups_membership (member_id, group_id, role, since, agreed_at, at_home, in_digest, reachable)
        SELECT s.member, s.grp, s.role, to_timestamp(s.since / 1000.0), to_timestamp(s.agreed / 1000.0),
               s.at_home, s.in_digest, s.reachable
        FROM stage_seat s
        WHERE NOT EXISTS (SELECT FROM {known} k WHERE k.one = s.member AND k.other = s.grp)
        AND NOT EXISTS (SELECT FROM groups_ban b WHERE b.group_id = s.grp AND b.member_id = s.member
                        AND b.lifted_at IS NULL)
        ORDER BY s.member, s.grp ON CONFLICT DO NOTHING""")
    report.added[SEATS] = stage.value(f"""
        SELECT count(*) FROM stage_seat s JOIN groups_membership m ON m.member_id = s.member AND m.group_id = s.grp
        WHERE s.line > 0 AND NOT EXISTS (SELECT FROM {known} k WHERE k.one = s.member AND k.other = s.grp)""")
    report.already[SEATS] += stage.value("SELECT count(*) FROM stage_seat WHERE line > 0") - report.added[SEATS]
    ties.remember(stage, SEAT, "SELECT member, grp FROM stage_seat", known)


def merge_topics(stage: Stage, new: str) -> None:
    """What groups are about; after the topics of posts, of which they may be.

    Args:
        stage: where they wait.
        new: an expression for the key of a topic.
    """
    stage.run(f"""
        INSERT INTO feed_topic (id, slug, name)
        SELECT {new}, slug, name
        FROM (SELECT slug, min(name) AS name FROM stage_group_topic GROUP BY slug ORDER BY slug) t
        ON CONFLICT (slug) DO NOTHING""")
    stage.run("""
        INSERT INTO feed_grouptopic (group_id, topic_id)
        SELECT DISTINCT s.grp, t.id FROM stage_group_topic s JOIN feed_topic t ON t.slug = s.slug
        JOIN stage_group g ON g.id = s.grp ORDER BY 1, 2""")
