"""The table in which all processes count attempts together (Django's database cache).

Unlogged: a crash empties it, which costs nobody anything, and counting does not slow the log of the others.
"""

from django.db import migrations

MAKE = """
CREATE UNLOGGED TABLE accounts_cache (
    cache_key varchar(255) NOT NULL PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX accounts_cache_expires ON accounts_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunSQL(MAKE, "DROP TABLE accounts_cache")]
