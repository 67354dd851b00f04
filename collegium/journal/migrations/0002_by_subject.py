from django.db import migrations, models


class Migration(migrations.Migration):
    """What others did to one's own rows is read too, for instance by the account of invitations."""

    dependencies = [("journal", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["subject", "-id"], name="journal_by_subject"),
        ),
    ]
