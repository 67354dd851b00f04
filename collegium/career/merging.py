"""What careers move when two records of organisations become one."""

from django.utils.translation import gettext_lazy as _

from collegium.organizations.merging import Party, count_rows, redirect_rows, take_over

ITEM, DISOWNED = "career.Item.organization", "career.Disowned.organization"

PARTIES = [
    Party(_("entries in careers"), (ITEM,), redirect_rows(ITEM), count_rows(ITEM)),
    Party("", (DISOWNED,), take_over("career_disowned", ["member_id"])),
]
