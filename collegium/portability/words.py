"""Posts, comments and reactions, rendered as if they had been written here."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from collegium.audience.rule import IN_PLACE
from collegium.feed.models import Facet
from collegium.lib import clock
from collegium.lib.text import Mention, mentioned_handles, render
from collegium.lib.text.tokens import topic_slug
from collegium.portability.bundle import GONE, Bundle
from collegium.portability.cells import TOPIC_LIMIT, shown
from collegium.portability.memory import Ids, recall
from collegium.portability.stage import Stage
from collegium.portability.wishes import Facets

POSTS, COMMENTS, REACTIONS = "posts.csv", "comments.csv", "reactions.csv"
BATCH = 1_000


class People:
    """Whom an `@handle` in the bundle means: first a member of the bundle, under the handle it had there.

    Of the people who were here before, those who hide or who block somebody are not named by a text nobody here wrote.
    """

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def called(self, bodies: Iterable[str]) -> tuple[dict[str, Mention], dict[str, int]]:
        """The people whom any of these texts call: as `render` wants them, and by key."""
        handles = {handle for body in bodies if "@" in body for handle in mentioned_handles(body)}
        if not handles:
            return {}, {}
        found = self._stage.rows(
            """SELECT handle, handle, name, id FROM members_member m
                WHERE handle = ANY(%(handles)s) AND visibility <= 1 AND standing = 'active'
                AND NOT EXISTS (SELECT FROM ties_block k WHERE k.blocker_id = m.id)
            UNION ALL SELECT a.wanted, m.handle, m.name, m.id
                FROM stage_adopted a JOIN members_member m ON m.id = a.id WHERE a.wanted = ANY(%(handles)s)
            UNION ALL SELECT handle, handle, name, id FROM stage_member WHERE wanted = '' AND handle = ANY(%(handles)s)
            UNION ALL SELECT wanted, handle, name, id FROM stage_member WHERE wanted = ANY(%(handles)s)""",
            {"handles": list(handles)},
        )
        people = {called: Mention(f"/in/{handle}/", name) for called, handle, name, _id in found}
        return people, {called: member for called, _handle, _name, member in found}


class Words:
    """Reads the three files of what people said."""

    def __init__(self, bundle: Bundle, stage: Stage, ids: Ids, facets: Facets) -> None:
        self.bundle, self.stage, self.ids, self.facets = bundle, stage, ids, facets
        self.report, self.people = bundle.report, People(stage)
        self.arrived = round(clock.now().timestamp() * 1000)

    def _batches(self, file: str) -> Iterator[list[Any]]:
        rows = self.bundle.rows(file)
        while batch := list(islice(rows, BATCH)):
            yield batch

    def read_posts(self) -> None:
        """Posts, on the walls of groups too."""
        known = self.bundle.known["posts"]
        before = recall(self.stage.cursor, self.report.source, "posts")
        for batch in self._batches("posts"):
            people, keys = self.people.called(values[5] for _line, values in batch)
            for line, values in batch:
                key, author, group = values[:3]
                # Twice within a batch: the reader handed it on before `known` had it.
                if key in known:
                    self.report.complain(POSTS, line, f"key {shown(key)} is there twice")
                elif key in before:
                    known[key] = before[key]
                    (self.report.already if before[key] else self.report.gone)[POSTS] += 1
                elif GONE in (author, group):
                    known[key] = GONE
                    self.report.gone[POSTS] += 1
                else:
                    self._post(line, values, people, keys)
        self.stage.settle("post", "topic")
        self.stage.renumber("post", "feed_post", self.ids, known, (("topic", "post"), ("mention", "post")))

    def _post(self, line: int, values: list[Any], people: dict[str, Mention], keys: dict[str, int]) -> None:
        key, author, group, audience, facet, body, topics, at, side, origin, stays = values
        try:
            own = self.facets.speaking(side, author)
        except LookupError:
            self.bundle.bad["posts"].add(key)
            self.report.complain(POSTS, line, "own_facet is somebody else’s")
            return
        number = self.bundle.known["posts"][key] = self.ids.at(at or self.arrived)
        words = render(body, people)
        voice = (int(audience), own.facet if own else facet, side if own else None)
        if group is not None:
            # The place decides who reads it, and there one speaks from one's professional side.
            voice = (IN_PLACE, str(Facet.PROFESSIONAL), None)
        level, speaks, facet_of_hers = voice
        said = (level, speaks, body, str(words.html), facet_of_hers, origin, stays, group)
        self.stage.add("post", (line, key, number, author, *said))
        slugs = {slug: slug for slug in words.topics}
        slugs |= {topic_slug(name.replace(" ", "-"))[:TOPIC_LIMIT]: name for name in topics}
        for slug, name in slugs.items():
            self.stage.add("topic", (number, slug[:TOPIC_LIMIT], name))
        for handle in words.mentions:
            if keys[handle] != author:
                self.stage.add("mention", (keys[handle], number, None))

    def read_comments(self) -> None:
        """Comments in any order: an answer that stands above what it answers waits."""
        known = self.bundle.known["comments"]
        self.before = recall(self.stage.cursor, self.report.source, "comments")
        waiting: list[Any] = []
        for batch in self._batches("comments"):
            waiting += self._comments(batch)
        while waiting:
            still = self._comments(waiting)
            if len(still) == len(waiting):
                break
            waiting = still
        for line, (key, _post, parent, *_rest) in waiting:
            self.bundle.bad["comments"].add(key)
            self.report.complain(COMMENTS, line, self.bundle.missing("parent", "comments", parent))
        self.stage.settle("comment", "mention")
        self.stage.renumber("comment", "feed_comment", self.ids, known, (("comment", "parent"), ("mention", "comment")))
        self._check_threads()

    def _comments(self, rows: list[Any]) -> list[Any]:
        """Take in what can be placed; return what answers something not seen yet."""
        known, later = self.bundle.known["comments"], []
        people, keys = self.people.called(values[4] for _line, values in rows)
        for line, values in rows:
            key, post, parent, author = values[:4]
            above = known.get(parent) if parent else None
            if key in known:
                self.report.complain(COMMENTS, line, f"key {shown(key)} is there twice")
            elif key in self.before:
                known[key] = self.before[key]
                (self.report.already if self.before[key] else self.report.gone)[COMMENTS] += 1
            elif parent and above is None:
                later.append((line, values))
            elif GONE in (post, author, above):
                known[key] = GONE
                self.report.gone[COMMENTS] += 1
            else:
                known[key] = self._comment(line, values, above, people, keys)
        return later

    def _comment(
        self, line: int, values: list[Any], above: int | None, people: dict[str, Mention], keys: dict[str, int]
    ) -> int:
        key, post, _parent, author, body, at = values
        number = self.ids.at(at or self.arrived)
        words = render(body, people)
        self.stage.add("comment", (line, key, number, post, above, author, body, str(words.html)))
        for handle in words.mentions:
            if keys[handle] != author:
                self.stage.add("mention", (keys[handle], post, number))
        return number

    def _check_threads(self) -> None:
        """An answer stands under the post of what it answers; then threads become one level deep, as they are shown."""
        wrong = """
            SELECT c.line, 'parent stands under another post' FROM stage_comment c
            JOIN (SELECT id, post FROM stage_comment UNION ALL SELECT id, post_id FROM feed_comment) p
            ON p.id = c.parent WHERE p.post <> c.post"""
        orphans = """
            SELECT c.line, 'parent was left out' FROM stage_comment c WHERE c.parent IS NOT NULL
            AND NOT EXISTS (SELECT FROM stage_comment p WHERE p.id = c.parent)
            AND NOT EXISTS (SELECT FROM feed_comment p WHERE p.id = c.parent)"""
        struck = self.stage.strike("comment", COMMENTS, wrong)
        while found := struck and self.stage.strike("comment", COMMENTS, orphans):
            struck += found
        for key in struck:
            del self.bundle.known["comments"][key]
            self.bundle.bad["comments"].add(key)
        if struck:
            self.stage.run(
                "DELETE FROM stage_mention WHERE comment IS NOT NULL AND comment NOT IN (SELECT id FROM stage_comment)"
            )
        self.stage.run("""
            UPDATE stage_comment c SET parent = p.parent_id FROM feed_comment p
            WHERE p.id = c.parent AND p.parent_id IS NOT NULL""")
        # Every round halves the depth.
        while self.stage.run("""
            UPDATE stage_comment c SET parent = p.parent FROM stage_comment p
            WHERE p.id = c.parent AND p.parent IS NOT NULL"""):
            pass

    def read_reactions(self) -> None:
        """One reaction of a member to a thing."""
        known = {kind: self.bundle.known[f"{kind}s"] for kind in ("post", "comment")}
        for line, (member, kind, key, how, at) in self.bundle.rows("reactions"):
            target = known[kind].get(key)
            if target is None:
                self.report.complain(REACTIONS, line, self.bundle.missing("target", f"{kind}s", key))
            elif GONE in (member, target):
                self.report.gone[REACTIONS] += 1
            else:
                post, comment = (target, None) if kind == "post" else (None, target)
                self.stage.add("reaction", (line, member, post, comment, how, self.ids.at(at or self.arrived)))
        self.stage.settle("reaction")
        for thing in known:
            text = f"reacts to the same {thing} as line "
            self.stage.twice("reaction", REACTIONS, f"member, {thing}", text, f"{thing} IS NOT NULL")
