"""What is known of a member when openings are sought for her: her skills, and what she says she is open to.

It is her own, whoever else may or may not know of it, and it is used for what she is shown alone: nothing of it is
kept, and no employer's page reads this.
"""

from dataclasses import dataclass, field

from collegium.career.models import Holding
from collegium.gazetteer import places
from collegium.gazetteer.models import Place
from collegium.members.models import Member
from collegium.openness.models import OpenToWork


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is sought for.

    Attributes:
        skills: names of those she lists, by key.
        roles: what she wants to be, in her words.
        towns: where; of her wishes, or else where she says she lives.
        ways: `openness.Way`; empty for any.
        kinds: `openness.Kind`; empty for any.
        is_open: whether she says that she is open to work.
    """

    skills: dict[int, str] = field(default_factory=dict)
    roles: tuple[str, ...] = ()
    towns: tuple[Place, ...] = ()
    ways: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    is_open: bool = False

    def __bool__(self) -> bool:
        return bool(self.skills or self.roles)


def of(member: Member) -> Wishes:
    """What holds for her now."""
    skills = dict(Holding.objects.of(member).kept().values_list("skill_id", "skill__name"))
    wish = OpenToWork.objects.filter(member=member).living().first()
    written = wish.places if wish and wish.places else [member.place]
    found = [places.find(words)[:1] for words in written if words]
    towns = tuple(dict.fromkeys(place for some in found for place in some))
    if wish is None:
        return Wishes(skills, towns=towns)
    return Wishes(skills, tuple(wish.roles), towns, tuple(wish.ways), tuple(wish.kinds), is_open=True)
