"""Proofs go with the records of organisations: to one that came to be, and to one that two became."""

from collections.abc import Mapping

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from collegium.organizations import naming
from collegium.organizations.merging import Party, count_rows, redirect_rows
from collegium.organizations.models import Organization
from collegium.workplaces import rules
from collegium.workplaces.models import Code, Proof

PROOF, CODE = "workplaces.Proof.organization", "workplaces.Code.organization"
_FOLLOW = """
    UPDATE {table} p SET organization_id = t.means FROM unnest(%s::text[], %s::bigint[]) AS t (folded, means)
    WHERE p.organization_id IS NULL AND fold(p.organization_name) = t.folded"""


def follow(born: Mapping[str, int]) -> None:
    """What was proved of a name is proved of the record that the name means from now on.

    It has no website yet, so every domain that proved the name proves it too.
    """
    with connection.cursor() as cursor:
        for table in ("workplaces_proof", "workplaces_code"):
            cursor.execute(_FOLLOW.format(table=table), [list(born), list(born.values())])


@transaction.atomic
def sweep() -> None:
    """Lead proofs of a name to the record that it means by now, where the domain proves that too. Runs twice.

    A name can come to mean one record without any being born: two that bore it became one. The positions that name it
    are led there (`career.records.sweep`), and what was proved of them has to come along.
    """
    for model in (Proof, Code):
        rows = list(model.objects.select_for_update(of=("self",)).filter(organization=None).order_by("pk"))
        known = naming.find(row.organization_name for row in rows)
        for row in rows:
            means = known.get(row.organization_name)
            if means is not None and not rules.hindrance_to_address(row.domain, means):
                model.objects.filter(pk=row.pk).update(organization=means)


def _proofs(loser: Organization, winner: Organization) -> None:
    """Of two proofs of one workplace both stay; the newest is shown (`reading.proofs`)."""
    redirect_rows(PROOF)(loser, winner)
    redirect_rows(CODE)(loser, winner)


PARTY = Party(_("proved workplaces"), (PROOF, CODE), _proofs, count_rows(PROOF))
