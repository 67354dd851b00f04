"""Every change of the graph leaves a line, whoever makes it: triggers write it in the transaction of the change."""

from django.db import migrations

NOTES = """
ALTER TABLE graph_change ADD COLUMN xid xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX graph_change_xid ON graph_change (xid);

CREATE FUNCTION graph_note_ties() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO graph_change (kind, one, other) SELECT 1, member_id, other_id FROM moved WHERE member_id < other_id;
    RETURN NULL;
END $$;
CREATE TRIGGER graph_tied AFTER INSERT ON ties_connection
    REFERENCING NEW TABLE AS moved FOR EACH STATEMENT EXECUTE FUNCTION graph_note_ties();
CREATE TRIGGER graph_untied AFTER DELETE ON ties_connection
    REFERENCING OLD TABLE AS moved FOR EACH STATEMENT EXECUTE FUNCTION graph_note_ties();

CREATE FUNCTION graph_note_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO graph_change (kind, one) VALUES (2, coalesce(NEW.id, OLD.id));
    RETURN NULL;
END $$;
CREATE TRIGGER graph_came AFTER INSERT OR DELETE ON members_member
    FOR EACH ROW EXECUTE FUNCTION graph_note_person();
CREATE TRIGGER graph_altered AFTER UPDATE ON members_member FOR EACH ROW
    WHEN ((OLD.standing, OLD.visibility, OLD.connections_audience)
          IS DISTINCT FROM (NEW.standing, NEW.visibility, NEW.connections_audience))
    EXECUTE FUNCTION graph_note_person();

CREATE FUNCTION graph_note_block() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO graph_change (kind, one, other)
    VALUES (3, coalesce(NEW.blocker_id, OLD.blocker_id), coalesce(NEW.blocked_id, OLD.blocked_id));
    RETURN NULL;
END $$;
CREATE TRIGGER graph_blocked AFTER INSERT OR DELETE ON ties_block
    FOR EACH ROW EXECUTE FUNCTION graph_note_block();

CREATE FUNCTION graph_note_distance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (TG_OP <> 'DELETE' AND NEW.rung = 3) OR (TG_OP <> 'INSERT' AND OLD.rung = 3) THEN
        INSERT INTO graph_change (kind, one, other)
        VALUES (4, coalesce(NEW.member_id, OLD.member_id), coalesce(NEW.other_id, OLD.other_id));
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER graph_restricted AFTER INSERT OR UPDATE OR DELETE ON ties_distance
    FOR EACH ROW EXECUTE FUNCTION graph_note_distance();

-- A table emptied at once leaves no lines: a new epoch begins, and no file of the old one is true any more.
CREATE FUNCTION graph_new_epoch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO graph_epoch (id, number, empty, floor)
    VALUES (1, (random() * 9e18)::bigint, NOT EXISTS (SELECT FROM members_member), 0)
    ON CONFLICT (id) DO UPDATE SET number = EXCLUDED.number, empty = EXCLUDED.empty, floor = 0;
    RETURN NULL;
END $$;
CREATE TRIGGER graph_emptied AFTER TRUNCATE ON members_member EXECUTE FUNCTION graph_new_epoch();
CREATE TRIGGER graph_emptied AFTER TRUNCATE ON ties_connection EXECUTE FUNCTION graph_new_epoch();
CREATE TRIGGER graph_emptied AFTER TRUNCATE ON ties_block EXECUTE FUNCTION graph_new_epoch();
CREATE TRIGGER graph_emptied AFTER TRUNCATE ON ties_distance EXECUTE FUNCTION graph_new_epoch();

INSERT INTO graph_epoch (id, number, empty, floor)
VALUES (1, (random() * 9e18)::bigint, NOT EXISTS (SELECT FROM members_member), 0);
"""
FORGET = """
DROP TRIGGER graph_tied ON ties_connection;
DROP TRIGGER graph_untied ON ties_connection;
DROP TRIGGER graph_came ON members_member;
DROP TRIGGER graph_altered ON members_member;
DROP TRIGGER graph_blocked ON ties_block;
DROP TRIGGER graph_restricted ON ties_distance;
DROP TRIGGER graph_emptied ON members_member;
DROP TRIGGER graph_emptied ON ties_connection;
DROP TRIGGER graph_emptied ON ties_block;
DROP TRIGGER graph_emptied ON ties_distance;
DROP FUNCTION graph_note_ties, graph_note_person, graph_note_block, graph_note_distance, graph_new_epoch;
DELETE FROM graph_epoch;
ALTER TABLE graph_change DROP COLUMN xid;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("graph", "0001_initial"),
        ("members", "0004_lists_open_to_members"),
        ("ties", "0002_distance_circle"),
    ]
    operations = [migrations.RunSQL(NOTES, FORGET)]
