import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("province", "0001_start")]

    operations = [
        migrations.AddField("installation", "published", models.BigIntegerField(default=0)),
        migrations.AddField("unit", "published", models.BigIntegerField(default=0)),
        migrations.CreateModel(
            name="Published",
            fields=[
                ("no", models.BigIntegerField(primary_key=True, serialize=False)),
                ("entity", models.CharField(max_length=40)),
                ("record", models.UUIDField(unique=True)),
                ("content", models.BinaryField()),
                ("by", models.CharField(max_length=150)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
    ]
