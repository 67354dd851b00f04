"""In which groups somebody is stands in the arrays too: who comes and who goes leaves a line in the graph's changes."""

from django.db import migrations

# Roles and wishes change often and are not read: only a row that changes whom or what it is about counts.
NOTES = """
CREATE TRIGGER search_insert AFTER INSERT ON groups_membership REFERENCING NEW TABLE AS moved
    FOR EACH STATEMENT EXECUTE FUNCTION search_note_words();
CREATE TRIGGER search_delete AFTER DELETE ON groups_membership REFERENCING OLD TABLE AS moved
    FOR EACH STATEMENT EXECUTE FUNCTION search_note_words();
CREATE FUNCTION search_note_moved_seat() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO graph_change (kind, one) SELECT DISTINCT 5, one FROM unnest(ARRAY[OLD.member_id, NEW.member_id]) one;
    RETURN NULL;
END $$;
CREATE TRIGGER search_moved AFTER UPDATE ON groups_membership FOR EACH ROW
    WHEN ((OLD.member_id, OLD.group_id) IS DISTINCT FROM (NEW.member_id, NEW.group_id))
    EXECUTE FUNCTION search_note_moved_seat();
CREATE TRIGGER search_emptied AFTER TRUNCATE ON groups_membership EXECUTE FUNCTION graph_new_epoch();
"""
FORGET = """
DROP TRIGGER search_insert ON groups_membership;
DROP TRIGGER search_delete ON groups_membership;
DROP TRIGGER search_moved ON groups_membership;
DROP TRIGGER search_emptied ON groups_membership;
DROP FUNCTION search_note_moved_seat();
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0002_notes"), ("groups", "0002_counting_and_finding")]
    operations = [migrations.RunSQL(NOTES, FORGET)]
