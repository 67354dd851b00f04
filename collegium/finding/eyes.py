"""Which openings of the table one viewer sees: those that stand and reach her, and those she hires for.

The rule is `openings.sight`, and it is asked wherever it could say anything but yes: this module knows only when it
cannot. An opening that is hidden from nobody who could be the viewer, and that a page or somebody in good standing
posted who is parted from her by no block, reaches her. Of whatever else is hers to ask about, the database decides.
"""

from functools import cached_property

import numpy as np
from django.db import connection

from collegium.audience.viewer import Viewer
from collegium.finding.columns import Whole
from collegium.finding.table import Mask, Table
from collegium.openings.models import Opening

# Openings with a line about the viewer, or about anything she ever wrote or proved of a workplace, or an address of
# hers; whether the line means her today is for the rule.
STANDS = """
WITH names AS MATERIALIZED (
    SELECT i.folded_organization AS name FROM career_item i WHERE i.member_id = %(me)s AND i.section = 'positions'
    UNION SELECT o.folded_name FROM career_item i JOIN organizations_organization o ON o.id = i.organization_id
        WHERE i.member_id = %(me)s AND i.section = 'positions'
    UNION SELECT p.folded_organization FROM workplaces_proof p WHERE p.member_id = %(me)s
    UNION SELECT o.folded_name FROM workplaces_proof p JOIN organizations_organization o ON o.id = p.organization_id
        WHERE p.member_id = %(me)s
), hosts AS MATERIALIZED (
    SELECT p.domain::text AS host FROM workplaces_proof p WHERE p.member_id = %(me)s
    UNION SELECT lower(substring(u.email from '[^@]*$'))
        FROM members_member m JOIN accounts_user u ON u.id = m.user_id WHERE m.id = %(me)s
    UNION SELECT lower(substring(e.email from '[^@]*$'))
        FROM members_member m JOIN account_emailaddress e ON e.user_id = m.user_id WHERE m.id = %(me)s
), above AS MATERIALIZED (
    SELECT DISTINCT array_to_string((string_to_array(host, '.'))[n:], '.') AS host
    FROM hosts, generate_series(1, cardinality(string_to_array(host, '.'))) AS n
)
SELECT (SELECT standing = 'active' FROM members_member WHERE id = %(me)s),
    extract(epoch FROM statement_timestamp()) * 1000000,
    ARRAY(SELECT blocked_id FROM ties_block WHERE blocker_id = %(me)s
        UNION SELECT blocker_id FROM ties_block WHERE blocked_id = %(me)s),
    ARRAY(SELECT opening_id FROM openings_hidden WHERE person_id = %(me)s
        UNION SELECT opening_id FROM openings_hidden WHERE what = 'organization'
            AND folded_name IN (SELECT name FROM names)
        UNION SELECT x.opening_id FROM openings_hidden x JOIN organizations_organization o ON o.id = x.organization_id
            WHERE x.what = 'organization' AND o.folded_name IN (SELECT name FROM names)
        UNION SELECT opening_id FROM openings_hidden WHERE domain <> '' AND domain IN (SELECT host FROM above)
        UNION SELECT opening_id FROM openings_hidden
            WHERE domain <> '' AND native_domain IN (SELECT host FROM above)),
    ARRAY(SELECT opening_id FROM openings_seat WHERE member_id = %(me)s),
    ARRAY(SELECT organization_id FROM pages_role WHERE member_id = %(me)s)
"""
MOMENT = "SELECT extract(epoch FROM statement_timestamp()) * 1000000"


class Eyes:
    """One viewer before one table."""

    def __init__(self, viewer: Viewer, table: Table) -> None:
        """Take who looks, and at what."""
        self.viewer, self.table = viewer, table
        self.now = 0

    @cached_property
    def sees(self) -> Mask:
        """Which openings she sees."""
        return self._of_member() if self.viewer else self._of_anybody()

    def _of_anybody(self) -> Mask:
        """Signed out one could be any of those from whom an opening is hidden."""
        with connection.cursor() as cursor:
            cursor.execute(MOMENT)
            self.now = int(cursor.fetchone()[0])
        each = self.table.columns
        told = (each.members_only == 0) & (each.hidden == 0)
        return np.asarray((each.until > self.now) & told & ((each.page != 0) | (each.good != 0)))

    def _of_member(self) -> Mask:
        with connection.cursor() as cursor:
            cursor.execute(STANDS, {"me": self.viewer.id})
            active, now, *lists = cursor.fetchone()
        parted, hidden, seats, organizations = (np.array(each, np.int64) for each in lists)
        self.now = int(now)
        each = self.table.columns
        stands = each.until > self.now
        if not active:
            return np.zeros(len(stands), np.bool_)
        good = each.good != 0
        if len(parted):
            good &= ~np.isin(each.poster, parted)
        doubtful = self.table.mask(hidden)
        sure = stands & ((each.page != 0) | good) & ~doubtful
        # What does not reach her for certain may yet be hers to hire for.
        doubtful |= self.table.mask(seats) | np.isin(each.organization, organizations)
        asked = self.table.columns.key[doubtful & stands & ~sure]
        if len(asked):
            sure[self.table.places(self._decided(asked))] = True
        return np.asarray(sure)

    def _decided(self, keys: Whole) -> Whole:
        rows = Opening.objects.standing().visible_to(self.viewer).filter(pk__in=keys.tolist())
        return np.array(list(rows.values_list("pk", flat=True)), np.int64)
