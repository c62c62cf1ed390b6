"""Texts that are written for a working group alone."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contributions', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='contribution',
            name='group',
            field=models.UUIDField(blank=True, editable=False, null=True, verbose_name='for a working group'),
        ),
    ]
