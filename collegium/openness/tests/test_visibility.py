"""Who learns that Ada is open to work: tables over the cast, its audiences and whom she leaves out.

The rule is the same on every surface, so it is asked itself; that the surfaces ask it, and that no other surface knows
of it, stands in `test_surfaces.py`.
"""

import re

import pytest

from collegium.audience.reach import reach
from collegium.openness import actions, reading, rule
from collegium.openness.models import Audience, Exclusion
from collegium.openness.tests.scene import NAMES, eyes, open_up, seen_by, set_scene
from collegium.testing.cast import Cast

# Gus is suspended: his session shows him what someone signed out sees. Flo hires and has proved it, Di has not.
#                         ada bo cy di ed eve flo hal gus nobody     (1 learns of it, 0: there is nothing to learn)
REACHED = {
    Audience.EVERYONE: "   1  1  1  1  0  0   1   1   1   1",
    Audience.MEMBERS: "    1  1  1  1  0  0   1   1   0   0",
    Audience.NETWORK: "    1  1  1  0  0  0   0   0   0   0",
    Audience.CONNECTIONS: "1  1  0  0  0  0   0   0   0   0",
    Audience.RECRUITERS: " 1  0  0  0  0  0   1   0   0   0",
    Audience.HIDDEN: "     1  0  0  0  0  0   0   0   0   0",
}
# Bo is at Acme under another name of its record, Cy under its name without the record; Di left. Flo's proof and Hal's
# address lie below its domain, Di's address there was never confirmed. Nobody shows any of it.
LEFT = {
    "nobody": "            1  1  1  1  1  1   1   1   1   1",
    "Bo": "                1  0  1  1  1  1   1   1   0   0",
    "Acme Works": "        1  0  0  1  1  1   0   0   0   0",
    "acme.example": "      1  1  1  1  1  1   0   0   0   0",
    "sub.acme.example": "  1  1  1  1  1  1   1   0   0   0",
    "e.example": "         1  1  1  1  1  1   1   1   0   0",
    "Flora": "             1  1  1  1  1  1   0   1   0   0",
    "Acme": "              1  1  1  1  1  1   1   1   0   0",
}


def leave_out(cast: Cast, whom: str) -> None:
    """As the form does: a person, a domain or an organisation by its name."""
    if whom == "Bo":
        actions.exclude_person(cast.ada, cast.bo)
    elif "." in whom:
        actions.exclude_domain(cast.ada, whom)
    elif whom != "nobody":
        actions.exclude_organization(cast.ada, whom)


def expected(audience: Audience, whom: str) -> str:
    cells = zip(REACHED[audience].split(), LEFT[whom].split(), strict=True)
    return " ".join(str(int(one) & int(other)) for one, other in cells)


@pytest.mark.parametrize("audience", list(Audience), ids=str)
def test_who_learns_of_it(cast: Cast, audience: Audience) -> None:
    set_scene(cast)
    open_up(cast.ada, audience)
    for whom in LEFT:
        Exclusion.objects.filter(member=cast.ada).delete()
        leave_out(cast, whom)
        assert seen_by(cast, cast.ada) == expected(audience, whom), whom
        # What the page asks was written out beforehand, and says the same.
        told = [reading.shown_to(eyes(cast, name), cast.ada) for name in NAMES]
        assert " ".join("1" if each else "0" for each in told) == expected(audience, whom), whom


FAULTS = {
    "whoever is signed out is nobody in particular": (r"\{viewer\} = 0 OR", ""),
    "persons are forgotten": (r"x\.person_id = \{viewer\}", "false"),
    "the record is forgotten": (r"io\.folded_name IN \([^)]*\)", "false"),
    "the name is forgotten": (r"i\.folded_organization IN \([^)]*\)", "false"),
    "who left is still there": (r"\(i\.ended = '' OR .*? length\(i\.ended\)\)\)", "true"),
    "domains end alike": (r"length\((x\.\w+)\) \+ 1\) = '\.' \|\| x\.\w+", r"length(\1)) = \1"),
    "only the domain itself": (r"length\((x\.\w+)\) \+ 1\) = '\.' \|\| x\.\w+", r"length(\1)) = ' '"),
    "unconfirmed addresses count": (r"e\.verified AND", ""),
    "addresses are forgotten": (r"e\.verified AND", "false AND"),
    "proofs of the domain are forgotten": (r"p\.domain", "''"),
    "proofs of the organisation are forgotten": (r"p\.folded_organization IN", "'' IN"),
    "proofs of others count": (r"p\.member_id = \{viewer\} AND", ""),
}


def wrong(cast: Cast) -> bool:
    """Whether any cell of the widest row of the table is not as it should be."""
    for whom in LEFT:
        Exclusion.objects.filter(member=cast.ada).delete()
        leave_out(cast, whom)
        if seen_by(cast, cast.ada) != expected(Audience.EVERYONE, whom):
            return True
    return False


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_the_rule_shows(cast: Cast, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    set_scene(cast)
    open_up(cast.ada, Audience.EVERYONE)
    planted = re.sub(*FAULTS[fault], rule.EXCLUDED)
    assert planted != rule.EXCLUDED, "the fault has no place to be planted in any more"
    monkeypatch.setattr(rule.Excluded, "words", planted)
    assert wrong(cast)


@pytest.mark.parametrize("audience", [Audience.MEMBERS, Audience.NETWORK, Audience.CONNECTIONS], ids=str)
def test_reach_agrees_with_the_table(cast: Cast, audience: Audience) -> None:
    set_scene(cast)
    open_up(cast.ada, audience)
    assert reach(cast.ada, audience) == seen_by(cast, cast.ada).split().count("1") - 1
    assert len(NAMES) == 10


def test_a_recruiter_without_a_living_proof_is_none(cast: Cast) -> None:
    set_scene(cast)
    open_up(cast.ada, Audience.RECRUITERS)
    flo = NAMES.index("flo")
    assert seen_by(cast, cast.ada).split()[flo] == "1"
    proof = cast.flo.workplace_proofs.get()
    type(proof).objects.filter(pk=proof.pk).update(of_position=True)
    assert seen_by(cast, cast.ada).split()[flo] == "0"


def test_a_profile_that_is_not_open_keeps_it_in(cast: Cast) -> None:
    set_scene(cast)
    type(cast.ada).objects.filter(pk=cast.ada.pk).update(visibility=3)
    open_up(cast.ada, Audience.MEMBERS)
    assert seen_by(cast, cast.ada) == "1 1 0 0 0 0 0 0 0 0"


def test_an_end_that_lies_ahead_is_no_end(cast: Cast) -> None:
    acme = set_scene(cast)
    cast.di.career_items.update(ended="2999")
    open_up(cast.ada, Audience.MEMBERS)
    actions.exclude_organization(cast.ada, acme.name)
    assert seen_by(cast, cast.ada).split()[NAMES.index("di")] == "0"
