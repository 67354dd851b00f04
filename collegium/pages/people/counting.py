"""Who of a roster is meant by a question, and how many each other choice would show: exact, and as the viewer may know.

A person counts once under each value, however many of her rows have it. Within one facet any of the chosen values will
do, between facets all must hold; a facet's own choices do not narrow its own numbers.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest

import numpy as np
from django.db import connection

from collegium.organizations.models import Organization
from collegium.pages.people.asking import (
    FACETS,
    FIELD,
    LEFT,
    LISTS,
    MOST_WORDS,
    OF_LIST,
    PRESENT,
    STUDIED,
    WORK,
    Asked,
)
from collegium.pages.people.eyes import Seen
from collegium.pages.people.roster import EDUCATION, POSITIONS, Codes, Keys, Mask, Places, Roster, Words

# So many values of a facet are shown; those chosen always are.
SHOWN = 8
DECADE = 10
NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Line:
    """One value of a facet.

    Attributes:
        value: as an address says it.
        label: for people.
        count: how many would be shown.
        chosen: whether it is.
    """

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """One facet with the values that most have; `more` says how many others there are."""

    name: str
    label: object
    lines: Sequence[Line]
    more: int


class Found:
    """The people of one list of an organisation whom one viewer may know of, as one question asks for them.

    Attributes:
        people: the keys of those in the list, sorted.
        listed: which of the people of the roster they are.
        matching: a yes or no for each of them.
    """

    def __init__(self, roster: Roster, seen: Seen, asked: Asked) -> None:
        self._roster, self._seen, self.asked = roster, seen, asked
        self._rows = np.flatnonzero(_in_list(roster, seen, asked.who))
        people, row_of = roster.owners
        self.listed = np.zeros(len(people), np.bool_)
        self.listed[row_of[self._rows]] = True
        self.people: Keys = people[self.listed]
        self._place: Places = np.cumsum(self.listed) - 1
        self._person: Places = self._place[row_of[self._rows]]
        self._holds = {name: self._chosen(name) for name in OF_LIST[asked.who] if asked.chosen.get(name)}
        if asked.words:
            self._holds[""] = self._worded()
        self.matching = self._all()

    def _all(self, but: str | None = None) -> Mask:
        """Who fits everything, one facet aside."""
        fits = np.ones(len(self.people), np.bool_)
        for name, mask in self._holds.items():
            if name != but:
                fits &= mask
        return fits

    def _chosen(self, name: str) -> Mask:
        """Who has one of the chosen values of a facet."""
        person, codes = self._pairs(name)
        wanted = [self._code(name, value) for value in self.asked.chosen[name]]
        fits = np.zeros(len(self.people), np.bool_)
        fits[person[np.isin(codes, np.array(wanted, np.int64))]] = True
        return fits

    def _worded(self) -> Mask:
        """Who is called so, or is that there: every word stands in one row of hers."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT fold(%s)", [self.asked.words])
            words = cursor.fetchone()[0].split()[:MOST_WORDS]
        hits = np.ones(len(self._rows), np.bool_)
        for word in words:
            hits &= self._roster.saying(word)[self._rows]
        fits = np.zeros(len(self.people), np.bool_)
        fits[self._person[hits]] = True
        return fits

    def _words(self, name: str) -> Words:
        return self._roster.detail if name == FIELD else self._roster.place

    def _code(self, name: str, value: str) -> int:
        """The number of a value as the arrays have it; NOWHERE for what they do not have."""
        if name == WORK:
            works = self._roster.works[0]
            place = int(np.searchsorted(works, int(value)))
            return place if place < len(works) and works[place] == int(value) else NOWHERE
        return int(value) if name == LEFT else self._words(name).known.get(value, NOWHERE)

    def _pairs(self, name: str) -> tuple[Places, Places]:
        """Person and value, for every row that has one."""
        if name == WORK:
            worker, _there = self._roster.worker
            working = np.flatnonzero(self._seen.work)
            working = working[self.listed[worker[working]]]
            return self._place[worker[working]], self._roster.works[1][working]
        if name == LEFT:
            codes = self._roster.until[self._rows].astype(np.int64) // DECADE * DECADE
        else:
            codes = self._words(name).codes[self._rows].astype(np.int64)
        there = codes > 0
        return self._person[there], codes[there]

    def counts(self, name: str) -> dict[int, int]:
        """How many people have each value, of those who fit all other facets."""
        person, codes = self._pairs(name)
        allowed = self._all(name)[person]
        person, codes = person[allowed], codes[allowed]
        # Most people have one value; of those who have several, none may count twice.
        several = np.bincount(person, minlength=len(self.people))[person] > 1
        size = max(1, len(self.people))
        pairs = np.unique(codes[several] * size + person[several]) // size
        counts = np.bincount(np.concatenate([codes[~several], pairs]))
        values = np.flatnonzero(counts)
        return dict(zip(values.tolist(), counts[values].tolist(), strict=True))

    @cached_property
    def facets(self) -> list[Facet]:
        """All facets of the list that have any value; one statement, for the names of organisations."""
        made = [self._facet(name, self.counts(name)) for name in OF_LIST[self.asked.who]]
        return [facet for facet in made if facet.lines]

    def _facet(self, name: str, counts: Mapping[int, int]) -> Facet:
        """The values to choose from: those chosen, and those that most have; decades in their order.

        What is chosen is told alike whether nobody has it or only people who do not let the viewer see it.
        """
        chosen = {value: counts.get(self._code(name, value), 0) for value in sorted(self.asked.chosen.get(name, ()))}
        shown = len(counts) if name == LEFT else SHOWN
        most = nsmallest(shown + len(chosen), counts.items(), key=lambda each: (-each[1], each[0]))
        values = chosen | {self._value(name, code): count for code, count in most}
        labels = self._labels(name, values)
        told = [Line(value, labels[value], count, value in chosen) for value, count in values.items() if labels[value]]
        lines = told[: max(shown, len(chosen))]
        if name == LEFT:
            lines.sort(key=lambda line: -int(line.value))
        return Facet(name, FACETS[name], lines, len(counts) - sum(line.count > 0 for line in lines))

    def _value(self, name: str, code: int) -> str:
        """As an address says it."""
        if name == WORK:
            return str(self._roster.works[0][code])
        return str(code) if name == LEFT else self._words(name).folded[code]

    def _labels(self, name: str, values: Collection[str]) -> dict[str, str]:
        """For people: as somebody writes it whose row the viewer reads; nothing, where nobody does."""
        if name == LEFT:
            return {value: f"{int(value)}–{int(value) + DECADE - 1}" for value in values}
        if name == WORK:
            names = dict(Organization.objects.filter(pk__in=values).values_list("pk", "name")) if values else {}
            return {value: names.get(int(value), "") for value in values}
        words, labels = self._words(name), dict.fromkeys(values, "")
        codes = words.codes[self._rows]
        for value in values:
            places = np.flatnonzero(codes == self._code(name, value))
            if len(places):
                labels[value] = words.written[self._rows[places[0]]]
        return labels

    def together(self, me: int) -> Mask:
        """Who studied there in a year in which the viewer did."""
        roster, rows = self._roster, self._rows
        own = np.flatnonzero((roster.keys == me) & (roster.section == EDUCATION) & (roster.since > 0))
        fits = np.zeros(len(self.people), np.bool_)
        since, until = roster.since[rows], _ends(roster)[rows]
        for mine in own.tolist():
            shared = (since > 0) & (since <= _ends(roster)[mine]) & (until >= roster.since[mine])
            fits[self._person[shared]] = True
        fits[self.people == me] = False
        return fits


def totals(roster: Roster, seen: Seen) -> dict[str, int]:
    """How many people each list has for the viewer."""
    people, row_of = roster.owners
    found = {}
    for who in LISTS:
        listed = np.zeros(len(people), np.bool_)
        listed[row_of[_in_list(roster, seen, who)]] = True
        found[who] = int(listed.sum())
    return found


def _in_list(roster: Roster, seen: Seen, who: str) -> Mask:
    """The rows of a list that are read; who works there now is not among those who did before."""
    if who == STUDIED:
        return seen.rows & (roster.section == EDUCATION)
    works = seen.rows & (roster.section == POSITIONS)
    now = works & (roster.until == 0)
    if who == PRESENT:
        return now
    people, row_of = roster.owners
    stays = np.zeros(len(people), np.bool_)
    stays[row_of[now]] = True
    return works & ~now & ~stays[row_of]


def _ends(roster: Roster) -> Codes:
    """The last year of each row; what goes on has none."""
    return np.where(roster.until > 0, roster.until, np.int16(9999))
