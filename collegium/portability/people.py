"""Members of the bundle: who is new, who is here already, and their way into the tables."""

from collections.abc import Iterable

from collegium.lib import clock
from collegium.lib.handles import FALLBACK, check_handle, handle_candidates, slugify_handle
from collegium.portability.bonds import CONNECTED, FOLLOWED
from collegium.portability.bundle import GONE, Bundle
from collegium.portability.cells import shown
from collegium.portability.columns import HEADLINE_LIMIT
from collegium.portability.memory import Ids, mark, marks, recall, same_person
from collegium.portability.stage import Stage

FILE = "members.csv"
# Accounts need an address; this domain can by its standard never receive anything.
NOWHERE = "unclaimed.invalid"


def read(bundle: Bundle, stage: Stage, ids: Ids) -> None:
    """Read the members into the stage; afterwards every good key has its member."""
    cursor, report = stage.cursor, bundle.report
    known = bundle.known["members"]
    before, was = recall(cursor, report.source, "members"), marks(cursor, report.source)
    arrived = round(clock.now().timestamp() * 1000)
    for line, (key, name, email, handle, headline, about, place, joined) in bundle.rows("members"):
        who = mark(email, name)
        if key in before:
            if not same_person(who, was[key]):
                text = f"key {shown(key)} came in before as another person; say another source in bundle.json"
                report.complain(FILE, line, text)
                bundle.bad["members"].add(key)
                continue
            known[key] = before[key]
            (report.already if before[key] != GONE else report.gone)[FILE] += 1
            continue
        known[key] = ids.at(joined or arrived)
        stage.add("member", (line, key, known[key], email, handle, name, headline, about, place, who, ""))
    stage.settle("member")
    for column in ("wanted", "email"):
        stage.run(f"CREATE INDEX ON stage_member ({column})")
    _strike_twins(bundle, stage)
    _adopt(bundle, stage)
    for table in ("members_member", "accounts_user"):
        stage.renumber("member", table, ids, known)
    _give_handles(stage)


def _strike_twins(bundle: Bundle, stage: Stage) -> None:
    """An address and a handle belong to one person."""
    for column in ("email", "wanted"):
        said = "handle" if column == "wanted" else "email"
        text = f"{said} is that of another member, on line "
        _forget(bundle, stage.twice("member", FILE, column, text, f"{column} <> ''"))


def _forget(bundle: Bundle, keys: Iterable[str]) -> None:
    for key in keys:
        del bundle.known["members"][key]
        bundle.bad["members"].add(key)


def _adopt(bundle: Bundle, stage: Stage) -> None:
    """Whoever has an account under a confirmed address (or came in by another load) is the same person.

    Nothing of the profile is overwritten. An address that nobody has confirmed proves nothing: taking it would hand
    the past of one person to whoever typed her address first.
    """
    found = stage.rows("""
        SELECT DISTINCT ON (s.line) s.line, s.key, s.wanted, s.mark, m.id,
               a.proven OR EXISTS (SELECT FROM portability_loadedkey k WHERE k.kind = 'members' AND k.row = m.id)
               AS known
        FROM (
            SELECT s.line, e.user_id AS account, true AS proven
            FROM stage_member s JOIN account_emailaddress e ON e.email = s.email AND e.verified
            UNION ALL SELECT s.line, u.id, false FROM stage_member s JOIN accounts_user u ON u.email = s.email
        ) a JOIN stage_member s USING (line) LEFT JOIN members_member m ON m.user_id = a.account
        ORDER BY s.line, known DESC""")
    gone, bad = [], []
    for line, key, wanted, who, member, proven in found:
        gone.append(line)
        if member and proven:
            bundle.known["members"][key] = member
            bundle.report.already[FILE] += 1
            stage.add("adopted", (key, member, who, wanted))
        else:
            bundle.report.complain(FILE, line, "email is that of an account here that has not confirmed it")
            bad.append(key)
    _forget(bundle, bad)
    if gone:
        stage.run("DELETE FROM stage_member WHERE line = ANY(%s)", [gone])
    stage.settle("adopted")


_WANTED = """
    SELECT wanted FROM stage_member s
    WHERE wanted <> '' AND NOT EXISTS (SELECT FROM members_member m WHERE m.handle = s.wanted)"""


def _give_handles(stage: Stage) -> None:
    """Each new member the handle that was wanted, or else one made from that, or from the name."""
    good = [wanted for (wanted,) in stage.rows(_WANTED) if check_handle(wanted) is None]
    stage.run("UPDATE stage_member SET handle = wanted WHERE wanted = ANY(%s)", [good])
    lacking = stage.rows("SELECT line, wanted, name FROM stage_member WHERE handle = '' ORDER BY line")
    every = "SELECT handle FROM members_member UNION ALL SELECT handle FROM stage_member WHERE handle <> ''"
    taken = {handle for (handle,) in stage.rows(every)}
    given = []
    for line, wanted, name in lacking:
        stem = name if slugify_handle(wanted) == FALLBACK else wanted
        handle = next(handle for handle in handle_candidates(stem) if handle not in taken)
        taken.add(handle)
        given.append((line, handle))
    stage.run(
        "UPDATE stage_member s SET handle = g.handle"
        " FROM unnest(%s::int[], %s::text[]) AS g(line, handle) WHERE s.line = g.line",
        [[line for line, _handle in given], [handle for _line, handle in given]],
    )
    stage.run("CREATE INDEX ON stage_member (handle)")


def merge(stage: Stage) -> int:
    """Accounts without a password, their addresses, and the people with their counts; how many."""
    stage.run(f"""
        UPDATE stage_member s SET headline = left(p.words, {HEADLINE_LIMIT}) FROM (
            SELECT DISTINCT ON (member) member, words FROM stage_position WHERE words <> ''
            ORDER BY member, current DESC, started DESC, line
        ) p WHERE p.member = s.id AND s.headline = ''""")
    # An unusable password in Django's form: an exclamation mark and chance.
    stage.run(f"""
        INSERT INTO accounts_user (id, password, email, is_active, role, locale)
        SELECT id, '!' || replace(gen_random_uuid()::text, '-', ''),
               coalesce(nullif(email, ''), 'member-' || id || '@{NOWHERE}'), true, 'member', ''
        FROM stage_member ORDER BY id""")
    stage.run("""
        INSERT INTO account_emailaddress (user_id, email, verified, "primary")
        SELECT id, email, false, true FROM stage_member WHERE email <> '' ORDER BY id""")
    return stage.run(f"""
        INSERT INTO members_member (id, user_id, handle, name, sort_name, pronouns, headline, about, place, photo,
                                    cover, standing, visibility, connections_audience, connection_count, follower_count)
        SELECT s.id, s.id, s.handle, s.name, left(lower(s.name), 100), '', s.headline, s.about, s.place, '', '',
               'active', 1, 1, coalesce(c.n, 0), coalesce(f.n, 0)
        FROM stage_member s LEFT JOIN ({CONNECTED}) c ON c.id = s.id LEFT JOIN ({FOLLOWED}) f ON f.id = s.id
        ORDER BY s.id""")


def remember(stage: Stage, source: str) -> None:
    """Write down which key became whom."""
    stage.run(
        """INSERT INTO portability_loadedkey (source, kind, key, row, mark)
        SELECT %(source)s, 'members', key, id, mark FROM stage_member
        UNION ALL SELECT %(source)s, 'members', key, id, mark FROM stage_adopted""",
        {"source": source},
    )
