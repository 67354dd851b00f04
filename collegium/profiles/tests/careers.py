"""A career with a canary in every part, for the tests of the pages that show it."""

from collegium.audience.level import Level
from collegium.career import actions
from collegium.career.models import Contact
from collegium.career.sections import SPECS, Part, Section
from collegium.members.models import Member

# What only this part of the profile says.
CANARIES = {str(part): f"canary-{part}" for part in Part if part not in (Part.FEATURED, Part.RECOMMENDATIONS)}
CONTACT = "canary-contact.example.org"


def fill(member: Member, level: Level = Level.EVERYONE) -> None:
    """Something in every part, each with this audience, and a contact with the same."""
    for section in Section:
        columns = dict.fromkeys(SPECS[section].required, "Acme")
        first = SPECS[section].columns[0].name
        actions.add(member, section, **(columns | {first: f"canary-{section}"}))
    actions.add_skills(member, [CANARIES[Part.SKILLS]])
    Member.objects.filter(pk=member.pk).update(about=CANARIES[Part.ABOUT])
    actions.put_contact(member, kind=Contact.Kind.WEBSITE, value=f"https://{CONTACT}", audience=level)
    for part in Part:
        actions.set_audience(member, part, level)
