"""The conversations of introductions become groups of the room where everybody talks, whole sets of them at a time.

Every message keeps its key, and with it its time. The group is as old as the yes that began it, and its first entry is
the note that one of them introduced the others. Whoever had left is out of it; nothing says that she left, since that
was not told where she did. What she had been told of and not read waits for her as unread.
"""

from django.db import migrations

CARRIED = """
CREATE TEMPORARY TABLE introductions_carried ON COMMIT DROP AS
SELECT id AS introduction, asker_id, introducer_id, target_id, begun, new_id(begun) AS conversation, new_id(begun) AS note,
    1 + (SELECT count(*) FROM introductions_message said WHERE said.introduction_id = accepted.id) AS numbers
FROM (
    SELECT *, coalesce(ended_at, to_timestamp((id >> 21) / 1000.0)) AS begun
    FROM introductions_introduction WHERE state = 'accepted' AND conversation_id IS NULL
) accepted
"""

CONVERSATIONS = """
INSERT INTO messaging_conversation (id, kind, name, last_number, changes, members_changed, anew)
SELECT conversation, 'group', '', numbers, numbers, 1, 0 FROM introductions_carried
"""

NOTES = """
INSERT INTO messaging_message (id, conversation_id, number, author_id, kind, text, note, has_files, changed)
SELECT note, conversation, 1, introducer_id, 'note', '',
    jsonb_build_object('what', 'together', 'people', jsonb_build_array(asker_id, target_id)), false, 1
FROM introductions_carried
"""

MESSAGES = """
INSERT INTO messaging_message (id, conversation_id, number, author_id, kind, text, note, has_files, changed)
SELECT id, conversation, number, author_id, 'words', text, '{}', false, number
FROM (
    SELECT said.id, carried.conversation, said.author_id, said.text,
        1 + row_number() OVER (PARTITION BY said.introduction_id ORDER BY said.id) AS number
    FROM introductions_message said JOIN introductions_carried carried ON carried.introduction = said.introduction_id
) numbered
"""

# The two who met look after the group, and where both have left, the one who introduced them.
PEOPLE = """
INSERT INTO messaging_participant (member_id, conversation_id, role, since, left_at, after, read, last, unread, box, why,
    archived, starred, muted, draft)
SELECT person.member, carried.conversation,
    CASE WHEN departure.since IS NULL AND (person.met OR NOT EXISTS (
        SELECT FROM unnest(ARRAY[carried.asker_id, carried.target_id]) both_of (member)
        WHERE NOT EXISTS (SELECT FROM introductions_departure gone
            WHERE gone.introduction_id = carried.introduction AND gone.member_id = both_of.member)
    )) THEN 'admin' ELSE 'member' END,
    carried.begun, departure.since, 0, coalesce(waiting.first - 1, carried.numbers), newest.id,
    waiting.first IS NOT NULL AND departure.since IS NULL, 'focused', '[]', false, false, false, ''
FROM introductions_carried carried
CROSS JOIN LATERAL (VALUES (carried.asker_id, true), (carried.introducer_id, false), (carried.target_id, true))
    person (member, met)
LEFT JOIN introductions_departure departure
    ON departure.introduction_id = carried.introduction AND departure.member_id = person.member
CROSS JOIN LATERAL (
    SELECT max(said.id) AS id FROM messaging_message said
    WHERE said.conversation_id = carried.conversation AND (said.number = 1 OR NOT EXISTS (
        SELECT FROM ties_block WHERE (blocker_id, blocked_id) IN
            ((person.member, said.author_id), (said.author_id, person.member))))
) newest
CROSS JOIN LATERAL (
    SELECT min(said.number) AS first FROM messaging_message said
    JOIN notifications_notification told ON told.kind = 'introductions.wrote' AND told.recipient_id = person.member
        AND told.cause = 'introduction-wrote:' || said.id AND told.read_at IS NULL
    WHERE said.conversation_id = carried.conversation
) waiting
"""

LINKED = """
UPDATE introductions_introduction row SET conversation_id = carried.conversation
FROM introductions_carried carried WHERE carried.introduction = row.id
"""

# Of a kind that nobody reads any more; an entry that is still to be told would find no listener.
SENT = """
DELETE FROM notifications_outgoing WHERE notification_id IN
    (SELECT id FROM notifications_notification WHERE kind = 'introductions.wrote')
"""
TOLD = "DELETE FROM notifications_notification WHERE kind = 'introductions.wrote'"
ENTRIES = "DELETE FROM journal_entry WHERE kind IN ('introductions.wrote', 'introductions.left')"

STATEMENTS = [CARRIED, CONVERSATIONS, NOTES, MESSAGES, PEOPLE, LINKED, SENT, TOLD, ENTRIES]


class Migration(migrations.Migration):
    dependencies = [
        ("introductions", "0002_conversation"),
        ("journal", "0002_by_subject"),
        ("messaging", "0002_gone_files"),
        ("notifications", "0002_telling"),
        ("ties", "0001_initial"),
    ]

    operations = [migrations.RunSQL(STATEMENTS)]
