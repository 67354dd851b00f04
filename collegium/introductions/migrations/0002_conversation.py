import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("introductions", "0001_initial"),
        ("messaging", "0002_gone_files"),
    ]

    operations = [
        migrations.AddField(
            model_name="introduction",
            name="conversation",
            field=models.OneToOneField(
                blank=True,
                help_text="Of the three, once there is a yes.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="messaging.conversation",
            ),
        ),
    ]
