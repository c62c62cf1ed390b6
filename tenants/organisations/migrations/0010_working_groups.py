"""Organisations that work on something together."""

import halka.common.identifiers
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0009_guard_contact'),
    ]

    operations = [
        migrations.CreateModel(
            name='WorkingGroup',
            fields=[
                ('id', models.UUIDField(default=halka.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(error_messages={'unique': 'There is a working group of this name already.'}, max_length=100, unique=True, verbose_name='name')),
                ('about', models.CharField(blank=True, max_length=300, verbose_name='what it works on')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('organisations', models.ManyToManyField(related_name='working_groups', to='organisations.organisation', verbose_name='member organisations')),
            ],
            options={
                'verbose_name': 'working group',
                'verbose_name_plural': 'working groups',
                'ordering': ['name', 'id'],
            },
        ),
    ]
