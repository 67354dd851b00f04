"""A skill that is taken off can be put back for a day, with what was said of it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("career", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="holding",
            name="removed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name="holding",
            index=models.Index(
                condition=models.Q(("removed_at__isnull", False)), fields=["removed_at"], name="career_holding_removed"
            ),
        ),
    ]
