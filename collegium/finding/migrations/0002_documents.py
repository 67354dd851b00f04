"""The words of openings, and the lines that say which of them changed; triggers write both, whoever changes what."""

# ruff: noqa: S608 - made of constants

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

# Scripts without spaces between words are read letter by letter, as `lib.query.tokens` does it.
SPACELESS = (
    r"\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u2E80-\u2FDF\u3005-\u3007\u3040-\u30FF\u31F0-\u31FF\u3400-\u4DBF"
    r"\u4E00-\u9FFF\uF900-\uFAFF\U00020000-\U0003FFFF"
)
WORDS = f"""
CREATE FUNCTION finding_words(written text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(left(found[1], 40) ORDER BY place), '{{}}')
    FROM regexp_matches(
        CASE WHEN written ~ '[{SPACELESS}]' THEN regexp_replace(fold(written), '([{SPACELESS}])', ' \\1 ', 'g')
            ELSE fold(written) END,
        '[a-z](?:\\+\\+|#)|[[:alnum:]]+', 'g') WITH ORDINALITY AS each (found, place)
$$;
-- Between two parts one place stays empty, so that no phrase leads from one into the next.
CREATE FUNCTION finding_vector(parts text[], marks text[]) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(string_agg(word || ':' || least(place, 16383) || mark, ' ' ORDER BY place), '')::tsvector
    FROM (SELECT word, mark, row_number() OVER (ORDER BY part, number) + part AS place
        FROM unnest(parts, marks) WITH ORDINALITY AS p (written, mark, part),
            unnest(finding_words(written)) WITH ORDINALITY AS w (word, number)) AS placed
$$;
CREATE FUNCTION finding_note(keys bigint[]) RETURNS void LANGUAGE sql AS $$
    INSERT INTO finding_change (opening_id, xid)
    SELECT DISTINCT key, pg_current_xact_id()::text::bigint FROM unnest(keys) AS key ORDER BY key
    ON CONFLICT (opening_id) DO UPDATE SET xid = excluded.xid
$$;
-- The name of the organisation is held while it is read: whoever changes it meanwhile writes these openings after us.
CREATE FUNCTION finding_write(keys bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM organizations_organization WHERE id IN
        (SELECT organization_id FROM openings_opening WHERE id = ANY(keys) AND state = 1) ORDER BY id FOR SHARE;
    INSERT INTO finding_document (opening_id, words)
    SELECT o.id, finding_vector(ARRAY[o.title, g.name] || coalesce(k.names, '{{}}') || ARRAY[o.place, o.text],
        ARRAY['A', 'B'] || coalesce(k.marks, '{{}}') || ARRAY['D', 'D'])
    FROM openings_opening o JOIN organizations_organization g ON g.id = o.organization_id
    LEFT JOIN LATERAL (
        SELECT array_agg(s.name::text ORDER BY x.place, s.id) AS names, array_agg('C'::text) AS marks
        FROM openings_openingskill x JOIN skills_skill s ON s.id = x.skill_id WHERE x.opening_id = o.id) AS k ON true
    WHERE o.id = ANY(keys) AND o.state = 1
    ORDER BY o.id
    ON CONFLICT (opening_id) DO UPDATE SET words = excluded.words;
    DELETE FROM finding_document d USING openings_opening o
    WHERE o.id = d.opening_id AND d.opening_id = ANY(keys) AND o.state <> 1;
    PERFORM finding_note(keys);
END $$;
"""
OPENINGS = """
CREATE FUNCTION finding_opening_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM finding_write(ARRAY[NEW.id]);
    RETURN NULL;
END $$;
CREATE FUNCTION finding_opening_noted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM finding_note(ARRAY[coalesce(NEW.id, OLD.id)]);
    RETURN NULL;
END $$;
CREATE TRIGGER finding_came AFTER INSERT ON openings_opening FOR EACH ROW WHEN (NEW.state = 1)
    EXECUTE FUNCTION finding_opening_written();
CREATE TRIGGER finding_reworded AFTER UPDATE ON openings_opening FOR EACH ROW
    WHEN ((OLD.state = 1 OR NEW.state = 1) AND (OLD.state, OLD.title, OLD.text, OLD.place, OLD.organization_id)
          IS DISTINCT FROM (NEW.state, NEW.title, NEW.text, NEW.place, NEW.organization_id))
    EXECUTE FUNCTION finding_opening_written();
CREATE TRIGGER finding_altered AFTER UPDATE ON openings_opening FOR EACH ROW
    WHEN (NEW.state = 1 AND (OLD.poster_id, OLD.way, OLD.country, OLD.latitude, OLD.longitude, OLD.countries, OLD.kind,
            OLD.seniority, OLD.yearly_euros, OLD.members_only, OLD.posted_at, OLD.expires_at, OLD.reviewed_at)
          IS DISTINCT FROM (NEW.poster_id, NEW.way, NEW.country, NEW.latitude, NEW.longitude, NEW.countries, NEW.kind,
            NEW.seniority, NEW.yearly_euros, NEW.members_only, NEW.posted_at, NEW.expires_at, NEW.reviewed_at))
    EXECUTE FUNCTION finding_opening_noted();
CREATE TRIGGER finding_gone AFTER DELETE ON openings_opening FOR EACH ROW WHEN (OLD.state = 1)
    EXECUTE FUNCTION finding_opening_noted();
-- A table that is emptied at once begins anew: the key that no opening has tells the processes that remember it.
CREATE FUNCTION finding_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM finding_note(ARRAY[0]::bigint[]);
    RETURN NULL;
END $$;
CREATE TRIGGER finding_emptied AFTER TRUNCATE ON openings_opening EXECUTE FUNCTION finding_emptied();
CREATE TRIGGER finding_emptied AFTER TRUNCATE ON openings_openingskill EXECUTE FUNCTION finding_emptied();
CREATE TRIGGER finding_emptied AFTER TRUNCATE ON openings_hidden EXECUTE FUNCTION finding_emptied();
"""
AROUND = """
CREATE FUNCTION finding_skills_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM finding_write(keys) FROM (SELECT array_agg(DISTINCT m.opening_id) AS keys FROM moved m
        JOIN openings_opening o ON o.id = m.opening_id WHERE o.state = 1) AS those WHERE keys IS NOT NULL;
    RETURN NULL;
END $$;
CREATE FUNCTION finding_hidden_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM finding_note(keys) FROM (SELECT array_agg(DISTINCT m.opening_id) AS keys FROM moved m
        JOIN openings_opening o ON o.id = m.opening_id WHERE o.state = 1) AS those WHERE keys IS NOT NULL;
    RETURN NULL;
END $$;
CREATE FUNCTION finding_skill_renamed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM finding_write(keys) FROM (SELECT array_agg(x.opening_id) AS keys FROM openings_openingskill x
        JOIN openings_opening o ON o.id = x.opening_id WHERE x.skill_id = NEW.id AND o.state = 1) AS those
        WHERE keys IS NOT NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER finding_renamed AFTER UPDATE ON skills_skill FOR EACH ROW
    WHEN (OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION finding_skill_renamed();
CREATE FUNCTION finding_organization_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM finding_write(keys) FROM (SELECT array_agg(id) AS keys FROM openings_opening
        WHERE organization_id = NEW.id AND state = 1) AS those WHERE keys IS NOT NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER finding_renamed AFTER UPDATE ON organizations_organization FOR EACH ROW
    WHEN ((OLD.name, OLD.page_since, OLD.merged_into_id)
          IS DISTINCT FROM (NEW.name, NEW.page_since, NEW.merged_into_id))
    EXECUTE FUNCTION finding_organization_moved();
CREATE FUNCTION finding_poster_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM finding_note(keys) FROM (SELECT array_agg(id) AS keys FROM openings_opening
        WHERE poster_id = NEW.id AND state = 1) AS those WHERE keys IS NOT NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER finding_stood AFTER UPDATE ON members_member FOR EACH ROW
    WHEN (OLD.standing IS DISTINCT FROM NEW.standing) EXECUTE FUNCTION finding_poster_moved();
"""
MOVED = {"openings_openingskill": "finding_skills_moved", "openings_hidden": "finding_hidden_moved"}
EVENTS = (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD"))


def made() -> str:
    """Every function and trigger."""
    each = [
        f"CREATE TRIGGER finding_{event.lower()} AFTER {event} ON {table} REFERENCING {rows} TABLE AS moved"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {function}();"
        for table, function in MOVED.items()
        for event, rows in EVENTS
    ]
    return "\n".join([WORDS, OPENINGS, AROUND, *each])


def unmade() -> str:
    """Without them again."""
    triggers = {
        "openings_opening": ("came", "reworded", "altered", "gone", "emptied"),
        "openings_openingskill": ("insert", "update", "delete", "emptied"),
        "openings_hidden": ("insert", "update", "delete", "emptied"),
        "skills_skill": ("renamed",),
        "organizations_organization": ("renamed",),
        "members_member": ("stood",),
    }
    gone = [f"DROP TRIGGER finding_{name} ON {table};" for table, names in triggers.items() for name in names]
    functions = (
        "finding_opening_written, finding_opening_noted, finding_emptied, finding_skills_moved, finding_hidden_moved,"
        " finding_skill_renamed, finding_organization_moved, finding_poster_moved, finding_write, finding_note,"
        " finding_vector, finding_words"
    )
    return "\n".join([*gone, f"DROP FUNCTION {functions};"])


class Migration(migrations.Migration):
    dependencies = [
        ("finding", "0001_initial"),
        ("openings", "0001_initial"),
        ("skills", "0001_initial"),
        ("organizations", "0002_pages_and_merging"),
        ("members", "0001_initial"),
        ("lib", "0001_ground"),
    ]
    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "opening",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="openings.opening",
                    ),
                ),
                ("words", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["words"], fastupdate=False, name="finding_words")
                ],
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                ("opening_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("xid", models.BigIntegerField()),
            ],
            options={"indexes": [models.Index(fields=["xid"], name="finding_changed")]},
        ),
        migrations.RunSQL(made(), unmade()),
    ]
