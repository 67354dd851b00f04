"""What hangs on posts and fits in a row of a bundle: polls with their votes, and celebrations."""

from typing import Any

from django.forms import Form

from collegium.lib import clock
from collegium.occasions.forms import OccasionForm
from collegium.organizations.naming import find
from collegium.portability.bundle import GONE, Bundle
from collegium.portability.stage import Stage

POLLS, VOTES, OCCASIONS = "polls.csv", "votes.csv", "occasions.csv"
# Of a post whose row is new, so that what was changed here since an earlier load stays as it is.
HUNG = "SELECT post FROM stage_poll UNION SELECT post FROM stage_occasion"


def read(bundle: Bundle, stage: Stage) -> None:
    """All three files."""
    _read_polls(bundle, stage)
    _read_votes(bundle, stage)
    _read_occasions(bundle, stage)


def _read_polls(bundle: Bundle, stage: Stage) -> None:
    for line, (post, answers, ends_at, first) in bundle.rows("polls"):
        if post == GONE:
            bundle.report.gone[POLLS] += 1
        else:
            stage.add("poll", (line, post, answers, ends_at, first))
    stage.settle("poll")
    stage.twice("poll", POLLS, "post", "hangs on the same post as line ")


def _read_votes(bundle: Bundle, stage: Stage) -> None:
    for line, (member, post, answer) in bundle.rows("votes"):
        if GONE in (member, post):
            bundle.report.gone[VOTES] += 1
        else:
            stage.add("vote", (line, member, post, answer - 1))
    stage.settle("vote")
    stage.twice("vote", VOTES, "member, post", "votes in the same poll as line ")
    asked = """
        stage_vote v JOIN (SELECT id, author FROM stage_post UNION ALL SELECT id, author_id FROM feed_post) a
        ON a.id = v.post LEFT JOIN (
            SELECT post, answers FROM stage_poll UNION ALL SELECT post_id, answers FROM polls_poll
        ) p ON p.post = v.post"""
    for text, where in (
        ("votes on a post without a poll", "p.post IS NULL"),
        ("is by the author of the poll, who has no vote", "a.author = v.member"),
        ("is for none of the answers", "v.place >= cardinality(p.answers)"),
    ):
        stage.strike("vote", VOTES, f"SELECT DISTINCT v.line, '{text}' FROM {asked} WHERE {where}")


def _read_occasions(bundle: Bundle, stage: Stage) -> None:
    for line, (post, kind, what, name, years) in bundle.rows("occasions"):
        form = OccasionForm({"kind": kind, "what": what, "name": name, "years": years})
        if not form.is_valid():
            bundle.report.complain(OCCASIONS, line, _faults(form))
        elif post == GONE:
            bundle.report.gone[OCCASIONS] += 1
        else:
            said = form.cleaned_data
            stage.add("occasion", (line, post, kind, said["what"], said["name"], said["years"]))
    stage.settle("occasion")
    stage.twice("occasion", OCCASIONS, "post", "hangs on the same post as line ")


def _faults(form: Form) -> str:
    """What the composer would say, with the columns of the format."""
    called = {"name": "organization_name"}
    found: dict[str, Any] = form.errors
    return "; ".join(f"{called.get(name, name)}: {' '.join(map(str, said))}" for name, said in found.items())


def merge(stage: Stage) -> None:
    """Put them on the posts of this load; a poll that came in earlier takes the votes that are new."""
    report, now = stage.report, clock.now()
    report.added[POLLS] = stage.run(
        """INSERT INTO polls_poll (post_id, answers, ends_at, first_vote_at, told)
        SELECT p.post, p.answers, to_timestamp(p.ends_at / 1000.0), to_timestamp(p.first_vote_at / 1000.0),
               to_timestamp(p.ends_at / 1000.0) <= %s
        FROM stage_poll p JOIN stage_post s ON s.id = p.post ORDER BY p.post""",
        [now],
    )
    report.added[VOTES] = stage.run("""
        INSERT INTO polls_vote (poll_id, member_id, place) SELECT v.post, v.member, v.place
        FROM stage_vote v JOIN polls_poll p ON p.post_id = v.post AND v.place < cardinality(p.answers)
        ORDER BY v.post, v.member ON CONFLICT DO NOTHING""")
    stage.run(
        """UPDATE polls_poll p SET first_vote_at = least(%s, ends_at) WHERE first_vote_at IS NULL
        AND EXISTS (SELECT FROM stage_vote v WHERE v.post = p.post_id)""",
        [now],
    )
    names = [name for (name,) in stage.rows("SELECT DISTINCT name FROM stage_occasion WHERE name <> ''")]
    records = {name: record.pk for name, record in find(names).items()}
    report.added[OCCASIONS] = stage.run(
        """INSERT INTO occasions_occasion (post_id, kind, what, name, organization_id, years)
        SELECT o.post, o.kind, o.what, o.name, r.id, o.years FROM stage_occasion o JOIN stage_post s ON s.id = o.post
        LEFT JOIN unnest(%s::text[], %s::bigint[]) r(name, id) ON r.name = o.name ORDER BY o.post""",
        [list(records), list(records.values())],
    )
    for file, table in ((POLLS, "poll"), (VOTES, "vote"), (OCCASIONS, "occasion")):
        report.already[file] += stage.value(f"SELECT count(*) FROM stage_{table}") - report.added[file]
