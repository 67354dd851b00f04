"""Who reads what is posted in a group, as conditions over the columns of the thing posted. The one place that says so.

`{me}` and `{group}` are filled by whoever writes a statement out (`feed.models.placing`).
"""

from collegium.groups.models.groups import Visibility
from collegium.groups.models.memberships import Role

INSIDE = "(SELECT true FROM groups_membership gm WHERE gm.member_id = {me} AND gm.group_id = {group})"
OPEN = f"(SELECT gg.visibility = '{Visibility.PUBLIC.value}' FROM groups_group gg WHERE gg.id = {{group}})"  # noqa: S608 - made of constants
KEEPS = f"""(SELECT true FROM groups_membership gm WHERE gm.member_id = {{me}} AND gm.group_id = {{group}}
    AND gm.role >= {Role.MODERATOR.value})"""  # noqa: S608 - as above
READS = f"coalesce({INSIDE}, {OPEN})"
