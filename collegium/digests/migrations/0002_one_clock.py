from django.db import migrations

# The clock of a member is kept in one place, with her quiet hours.
MOVE = """
INSERT INTO notifications_rest (member_id, zone, days, hour, weekday, shown)
SELECT member_id, zone, 0, 7, 0, 'beginning' FROM digests_wish WHERE zone <> ''
ON CONFLICT (member_id) DO NOTHING
"""
BACK = """
UPDATE digests_wish AS wish SET zone = rest.zone FROM notifications_rest AS rest WHERE rest.member_id = wish.member_id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("digests", "0001_initial"),
        ("notifications", "0002_telling"),
    ]

    operations = [
        migrations.RunSQL(MOVE, BACK),
        migrations.RemoveField("wish", "zone"),
    ]
