import datetime

import django.db.models.functions.comparison
from django.db import migrations, models
from django.db.models import Q, Value


class Migration(migrations.Migration):
    dependencies = [
        ("caseloads", "0004_journal"),
    ]

    operations = [
        migrations.AlterField(
            model_name="job",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "Not begun"),
                    ("waiting", "Waiting"),
                    ("running", "Running"),
                    ("done", "Done"),
                    ("failed", "Failed"),
                ],
                default="waiting",
                max_length=7,
                verbose_name="state",
            ),
        ),
        migrations.AddField("job", "language", models.CharField(default="en", max_length=5)),
        migrations.AddField("job", "calendar", models.CharField(default="gregorian", max_length=12)),
        migrations.AddField("job", "turn", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField("job", "beat_at", models.DateTimeField(null=True)),
        migrations.AddIndex(
            model_name="client",
            index=models.Index(
                django.db.models.functions.comparison.Coalesce(
                    "last_contact_on", Value(datetime.date(1, 1, 1)), output_field=models.DateField()
                ),
                "id",
                name="client_list_by_contact",
                condition=Q(merged_into=None),
            ),
        ),
        migrations.AddIndex(
            model_name="client",
            index=models.Index(
                fields=["created_at", "id"], name="client_list_by_age", condition=Q(merged_into=None)
            ),
        ),
    ]
