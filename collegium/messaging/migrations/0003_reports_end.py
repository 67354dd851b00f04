import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("members", "0005_findability"), ("messaging", "0002_gone_files")]

    operations = [
        migrations.AddField(
            "report",
            "closed_by",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="members.member",
            ),
        ),
        migrations.AddField(
            "report",
            "outcome",
            models.CharField(
                blank=True,
                choices=[
                    ("", "Open"),
                    ("nothing", "There is nothing to do"),
                    ("spoken", "Spoke with the member"),
                    ("restricted", "The member is restricted"),
                    ("suspended", "The member is suspended"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            "report",
            models.Index(condition=models.Q(closed_at=None), fields=["-id"], name="messaging_open_reports"),
        ),
        migrations.AddConstraint(
            "report",
            models.CheckConstraint(
                condition=models.Q(closed_at=None, outcome="")
                | (models.Q(closed_at__isnull=False) & ~models.Q(outcome="")),
                name="messaging_closed_with_an_outcome",
            ),
        ),
    ]
