"""Names that stand in careers get their plain records, as they do from now on when they are written.

A name gets one only where an item says it that every member may read (`career.records` says why); two records of one
name stay nobody's guess. In batches of names, each committed by itself; run again, it finds nothing left to do.
"""

from itertools import islice

from django.db import migrations, transaction

from collegium.lib.handles import handle_candidates

BATCH = 2_000

# Of each name its first spelling, and the section that says best what sort of body it is.
NEW = """
    SELECT DISTINCT ON (i.folded_organization) i.folded_organization, i.organization_name, i.section
    FROM career_item i JOIN members_member m ON m.id = i.member_id
    WHERE i.folded_organization > %s AND i.organization_id IS NULL AND i.organization_name <> ''
    AND i.removed_at IS NULL AND m.standing = 'active' AND m.visibility <= 1
    AND NOT EXISTS (
        SELECT FROM career_partaudience a WHERE a.member_id = i.member_id AND a.part = i.section AND a.audience > 1)
    AND NOT EXISTS (SELECT FROM organizations_organization o WHERE o.folded_name = i.folded_organization)
    ORDER BY i.folded_organization, i.section = 'education' DESC, i.section = 'positions' DESC, i.id LIMIT %s"""
STORE = """
    INSERT INTO organizations_organization (id, handle, name, kind, website, place, about)
    SELECT new_id() + ((place / 500) << 21), handle, name, kind, '', '', ''
    FROM unnest(%s::text[], %s::text[], %s::text[]) WITH ORDINALITY AS given (handle, name, kind, place)"""
TIE = """
    WITH untied AS (
        SELECT id, folded_organization FROM career_item
        WHERE id > %s AND organization_id IS NULL AND organization_name <> '' ORDER BY id LIMIT %s
    ), meant AS (
        SELECT folded_name, min(coalesce(merged_into_id, id)) AS id FROM organizations_organization
        WHERE folded_name IN (SELECT folded_organization FROM untied)
        GROUP BY folded_name HAVING count(DISTINCT coalesce(merged_into_id, id)) = 1
    ), tied AS (
        UPDATE career_item i SET organization_id = meant.id FROM untied JOIN meant
        ON meant.folded_name = untied.folded_organization WHERE i.id = untied.id RETURNING i.id
    ) SELECT max(id), (SELECT count(*) FROM tied) FROM untied"""
KINDS = {"education": "school", "positions": "company"}


def found(apps, schema_editor):
    after = ""
    while after is not None:
        with transaction.atomic(), schema_editor.connection.cursor() as cursor:
            after = _founded(cursor, after)


def _founded(cursor, after):
    """One batch of names; the last of them, or None when there was none."""
    cursor.execute(NEW, [after, BATCH])
    rows = cursor.fetchall()
    if not rows:
        return None
    tried = {name: list(islice(handle_candidates(name, "organization"), 14)) for _folded, name, _section in rows}
    cursor.execute(
        "SELECT handle FROM organizations_organization WHERE handle = ANY(%s)",
        [[handle for handles in tried.values() for handle in handles]],
    )
    taken, handles = {handle for (handle,) in cursor.fetchall()}, []
    for _folded, name, _section in rows:
        handle = next(each for each in handle_candidates(name, "organization") if each not in taken)
        taken.add(handle)
        handles.append(handle)
    kinds = [KINDS.get(section, "other") for _folded, _name, section in rows]
    cursor.execute(STORE, [handles, [name for _folded, name, _section in rows], kinds])
    return rows[-1][0]


def tie(apps, schema_editor):
    after = 0
    while after is not None:
        with transaction.atomic(), schema_editor.connection.cursor() as cursor:
            cursor.execute(TIE, [after, BATCH])
            after = cursor.fetchone()[0]


class Migration(migrations.Migration):
    # Each batch is a transaction of its own.
    atomic = False

    dependencies = [
        ("career", "0003_disowned"),
    ]

    operations = [
        migrations.RunPython(found, migrations.RunPython.noop),
        migrations.RunPython(tie, migrations.RunPython.noop),
    ]
