"""Careers for generated networks: few words, so that they meet; parts of every audience; work looked for by some."""

from datetime import timedelta

from hypothesis import strategies as st

from collegium.career.models import Holding, Item, PartAudience
from collegium.lib import clock
from collegium.members.models import Member
from collegium.openness.models import Audience, Exclusion, OpenToWork
from collegium.organizations.models import Organization
from collegium.skills.models import Skill

WORDS = ["red", "redwood", "green", "greenhouse", "blue", "rose", "rosewood", "dam"]
PARTS = ["positions", "education", "languages", "certificates", "skills", "about"]
SKILLS = ["Weaving (generated)", "Diving (generated)"]
text = st.lists(st.sampled_from(WORDS), max_size=3).map(" ".join)
some = st.lists(st.sampled_from(WORDS), min_size=1, max_size=2).map(" ".join)
level = st.sampled_from([0, 1, 2, 3, 4])

item = st.fixed_dictionaries(
    {
        "section": st.sampled_from(["positions", "positions", "education", "languages", "certificates"]),
        "title": some,
        "body": st.sampled_from(["", "acme", "brook", "by hand", "rose house"]),
        "detail": text,
        "description": text,
        "ended": st.sampled_from(["", "2019"]),
        "removed": st.sampled_from([False] * 6 + [True]),
    }
)
career = st.fixed_dictionaries(
    {
        "headline": text,
        "place": st.sampled_from(["", "delft", "green harbour", "delft"]),
        "about": text,
        "items": st.lists(item, max_size=3),
        "skills": st.sets(st.sampled_from(SKILLS)),
        "levels": st.dictionaries(
            st.sampled_from(PARTS),
            level,
            max_size=4,
        ),
        "open": st.none() | st.sampled_from([*Audience.values]),
        "leaves_out": st.sets(st.integers(0, 10), max_size=2),
    }
)
careers = st.lists(career, min_size=11, max_size=11)

word = st.sampled_from([*WORDS, "gre", "ros", "person"])
leaf = (
    st.tuples(st.just("word"), word)
    | st.tuples(st.just("phrase"), some)
    | st.tuples(st.just("field"), st.sampled_from(["title", "company", "skill", "place", "headline"]), word)
)
trees = st.recursive(
    leaf,
    lambda inner: st.tuples(st.sampled_from(["and", "or"]), inner, inner) | st.tuples(st.just("not"), inner),
    max_leaves=5,
)


def employ(keys, made):
    """Write the careers of these members."""
    bodies = {
        name: Organization.objects.get_or_create(handle=name, defaults={"name": name.title()})[0]
        for name in ("acme", "brook")
    }
    skills = {name: Skill.objects.get_or_create(name=name)[0] for name in SKILLS}
    for place, (key, fields) in enumerate(zip(keys, made, strict=False)):
        Member.objects.filter(pk=key).update(**{name: fields[name] for name in ("headline", "place", "about")})
        for rank, each in enumerate(fields["items"]):
            _item(key, rank, each, bodies)
        for name in sorted(fields["skills"]):
            Holding.objects.create(member_id=key, skill=skills[name])
        PartAudience.objects.bulk_create(
            PartAudience(member_id=key, part=part, audience=audience) for part, audience in fields["levels"].items()
        )
        if fields["open"] is not None:
            now = clock.now()
            until = now + timedelta(days=30 if place % 5 else -1)
            OpenToWork.objects.create(member_id=key, audience=fields["open"], since=now, until=until)
        others = {keys[other] for other in fields["leaves_out"] if other < len(keys)} - {key}
        Exclusion.objects.bulk_create(Exclusion(member_id=key, what="person", person_id=other) for other in others)


def _item(key, rank, each, bodies):
    Item.objects.create(
        member_id=key,
        section=each["section"],
        rank=rank,
        title=each["title"],
        organization=bodies.get(each["body"]),
        organization_name=each["body"],
        detail=each["detail"],
        description=each["description"],
        ended=each["ended"],
        removed_at=clock.now() if each["removed"] else None,
    )
