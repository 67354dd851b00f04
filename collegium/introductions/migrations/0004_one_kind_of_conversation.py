from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("introductions", "0003_carried_over"),
    ]

    operations = [
        migrations.DeleteModel(name="Departure"),
        migrations.DeleteModel(name="Message"),
    ]
