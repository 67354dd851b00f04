from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("newsletters", "0001_initial")]

    operations = [
        migrations.AddField(
            "delivery",
            "tries",
            models.SmallIntegerField(default=0, help_text="How often a mail server refused it for now."),
        ),
        migrations.AddField(
            "delivery", "due_at", models.DateTimeField(null=True, blank=True, help_text="When it is tried again.")
        ),
    ]
