"""Proofs of workplaces that were known by their name alone follow the positions to the records that the names mean now.

Safe to run twice. Where the record names a website of another domain the proof stays of the name: an address there
would not have proved that record.
"""

from django.db import migrations

FOLLOW = """
    UPDATE {table} p SET organization_id = meant.id FROM (
        SELECT folded_name, min(coalesce(merged_into_id, id)) AS id FROM organizations_organization
        GROUP BY folded_name HAVING count(DISTINCT coalesce(merged_into_id, id)) = 1
    ) meant JOIN organizations_organization o ON o.id = meant.id
    WHERE p.organization_id IS NULL AND meant.folded_name = fold(p.organization_name) AND o.website = ''"""


class Migration(migrations.Migration):
    dependencies = [
        ("career", "0004_records_of_names"),
        ("workplaces", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(FOLLOW.format(table="workplaces_proof"), migrations.RunSQL.noop),
        migrations.RunSQL(FOLLOW.format(table="workplaces_code"), migrations.RunSQL.noop),
    ]
