"""Who of the people of an archive is here, where its owner knows that already.

Only those she is connected with, or has found by her connections within the limits of looking for people
(`imports.seeking`); only whom she sees; and only where the address of the archive is one by which that person agreed
to be found (`acquaintances.ways`). So an archive made up of guessed addresses tells nothing.
"""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q

from collegium.audience import people
from collegium.audience.viewer import Viewer
from collegium.members.models import Member
from collegium.portability.acquaintances import spelling, ways
from collegium.portability.acquaintances.models import Way
from collegium.portability.imports.models import Met
from collegium.ties.models import Connection

# Nobody's fingerprint and no member's key keep statements from being left out: finding nobody costs what finding does.
_NOTHING, _NOBODY = b"", 0


def here(viewer: Viewer, slugs: Collection[str]) -> dict[str, Member]:
    """The members behind these ends of profile addresses. Four statements.

    Args:
        viewer: whose archive it is.
        slugs: as they stand in it.
    """
    asked = {each: ways.print_of(("profile", spelling.profile(f"linkedin.com/in/{each}"))) for each in slugs if each}
    known = Connection.objects.filter(member=viewer.me, other=OuterRef("pk"))
    met = Met.objects.filter(member=viewer.me, person=OuterRef("pk"))
    led = Way.objects.filter(print__in=[_NOTHING, *asked.values()]).values_list("person_id", flat=True)
    seen = people.visible_to(viewer).filter(Q(Exists(known)) | Q(Exists(met)), pk__in=[_NOBODY, *led])
    members = {each.pk: each for each in seen}
    truth = ways.held(members)
    found = {fingerprint: members[key] for key, prints in truth.items() for fingerprint in prints}
    return {slug: found[fingerprint] for slug, fingerprint in asked.items() if fingerprint in found}
