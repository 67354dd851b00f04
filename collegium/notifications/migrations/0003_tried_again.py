from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0002_telling")]

    operations = [
        migrations.AddField(
            "outgoing",
            "tries",
            models.SmallIntegerField(default=0, help_text="How often a mail server refused it for now."),
        ),
        migrations.AlterField(
            "letter",
            "sent_at",
            models.DateTimeField(null=True, blank=True, help_text="None where nothing was left, or it was refused."),
        ),
    ]
