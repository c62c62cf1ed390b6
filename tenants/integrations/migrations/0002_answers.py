"""Answers kept for whoever asks again."""

import django.utils.timezone
import halka.common.identifiers
import halka.common.sealing.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('integrations', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='IdempotentAnswer',
            fields=[
                ('id', models.UUIDField(default=halka.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('key_hash', models.CharField(max_length=64, unique=True)),
                ('fingerprint', models.CharField(max_length=64)),
                ('answer', halka.common.sealing.fields.SealedJSONField(default=dict)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name': 'kept answer',
                'verbose_name_plural': 'kept answers',
                'indexes': [models.Index(fields=['created_at'], name='answer_oldest')],
            },
        ),
    ]
