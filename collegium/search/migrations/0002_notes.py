"""Whatever a search reads of a member leaves a line in the graph's changes, whoever changes it.

One statement writes one line a member, however many of her rows it touches. A table that is emptied at once begins a new
epoch, as in the graph's own migration.
"""

from django.db import migrations

MEMBERS = """
CREATE FUNCTION search_note_member() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO graph_change (kind, one) VALUES (5, coalesce(NEW.id, OLD.id));
    RETURN NULL;
END $$;
CREATE TRIGGER search_came AFTER INSERT OR DELETE ON members_member
    FOR EACH ROW EXECUTE FUNCTION search_note_member();
CREATE TRIGGER search_altered AFTER UPDATE ON members_member FOR EACH ROW
    WHEN ((OLD.name, OLD.handle, OLD.headline, OLD.place, OLD.about)
          IS DISTINCT FROM (NEW.name, NEW.handle, NEW.headline, NEW.place, NEW.about))
    EXECUTE FUNCTION search_note_member();
"""
NOTES = """
CREATE FUNCTION search_note_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO graph_change (kind, one) SELECT DISTINCT 5, member_id FROM moved;
    RETURN NULL;
END $$;
-- Texts in other languages know their item; a skill that gets another name knows who has it.
CREATE FUNCTION search_note_item_texts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO graph_change (kind, one)
    SELECT DISTINCT 5, i.member_id FROM moved JOIN career_item i ON i.id = moved.item_id;
    RETURN NULL;
END $$;
CREATE FUNCTION search_note_skills() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO graph_change (kind, one)
    SELECT DISTINCT 5, h.member_id FROM moved JOIN career_holding h ON h.skill_id = moved.id;
    RETURN NULL;
END $$;
"""
EVENTS = (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD"))
TABLES = (
    "career_item",
    "career_holding",
    "career_partaudience",
    "career_profiletext",
    "openness_opentowork",
    "openness_exclusion",
)


def triggers():
    made = [MEMBERS, NOTES]
    for table in TABLES:
        made += [_trigger(table, event, rows, "search_note_words") for event, rows in EVENTS]
        made.append(f"CREATE TRIGGER search_emptied AFTER TRUNCATE ON {table} EXECUTE FUNCTION graph_new_epoch();")
    made += [_trigger("career_itemtext", event, rows, "search_note_item_texts") for event, rows in EVENTS]
    made.append(_trigger("skills_skill", "UPDATE", "NEW", "search_note_skills"))
    return "\n".join(made)


def _trigger(table, event, rows, function):
    return (
        f"CREATE TRIGGER search_{event.lower()} AFTER {event} ON {table} REFERENCING {rows} TABLE AS moved"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {function}();"
    )


def forgotten():
    gone = ["DROP TRIGGER search_came ON members_member;", "DROP TRIGGER search_altered ON members_member;"]
    for table in TABLES:
        gone += [f"DROP TRIGGER search_{event.lower()} ON {table};" for event, _rows in EVENTS]
        gone.append(f"DROP TRIGGER search_emptied ON {table};")
    gone += [f"DROP TRIGGER search_{event.lower()} ON career_itemtext;" for event, _rows in EVENTS]
    gone.append("DROP TRIGGER search_update ON skills_skill;")
    gone.append("DROP FUNCTION search_note_member, search_note_words, search_note_item_texts, search_note_skills;")
    return "\n".join(gone)


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0001_initial"),
        ("graph", "0002_notes"),
        ("career", "0002_skills_put_back"),
        ("openness", "0001_initial"),
        ("skills", "0001_initial"),
    ]
    operations = [migrations.RunSQL(triggers(), forgotten())]
