"""What every table stands on: extensions, the key function, and the folding of names for search."""

from django.contrib.postgres.operations import BtreeGinExtension, CITextExtension, TrigramExtension, UnaccentExtension
from django.db import migrations

# Ten bits take turns, so that many rows made within one millisecond differ for certain; eleven are random, so that
# nobody can name the next one.
TURNS = "CREATE SEQUENCE new_id_turn AS integer MINVALUE 0 MAXVALUE 1023 CYCLE"
NEW_ID = """
CREATE FUNCTION new_id(at timestamptz DEFAULT clock_timestamp()) RETURNS bigint
LANGUAGE sql VOLATILE
RETURN ((extract(epoch FROM at) * 1000)::bigint << 21)
     | (nextval('new_id_turn'::regclass) << 11)
     | floor(random() * 2048)::bigint
"""
# unaccent() is only STABLE because its dictionary could change; with the dictionary named it may be indexed.
FOLD = """
CREATE FUNCTION fold(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN lower(unaccent('unaccent'::regdictionary, words))
"""


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        CITextExtension(),
        BtreeGinExtension(),
        migrations.RunSQL(TURNS, "DROP SEQUENCE new_id_turn"),
        migrations.RunSQL(NEW_ID, "DROP FUNCTION new_id(timestamptz)"),
        migrations.RunSQL(FOLD, "DROP FUNCTION fold(text)"),
    ]
