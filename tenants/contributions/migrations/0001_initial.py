"""Lessons and practices in the making."""


import django.db.models.deletion
import django.utils.timezone
import halka.common.identifiers
import halka.common.sealing.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0009_guard_contact'),
    ]

    operations = [
        migrations.CreateModel(
            name='Contribution',
            fields=[
                ('id', models.UUIDField(default=halka.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('lesson', 'Lesson'), ('practice', 'Practice')], max_length=10, verbose_name='kind')),
                ('language', models.CharField(choices=[('en', 'English'), ('sq', 'Shqip'), ('sr', 'Srpski'), ('lt', 'Lietuvių'), ('sl', 'Slovenščina'), ('fa', 'فارسی')], max_length=5, verbose_name='language')),
                ('state', models.CharField(choices=[('writing', 'Being written'), ('offered', 'Waits for release'), ('released', 'Released'), ('withdrawn', 'Taken back')], default='writing', max_length=9, verbose_name='state')),
                ('values', halka.common.sealing.fields.SealedJSONField(default=dict, verbose_name='text')),
                ('decisions', halka.common.sealing.fields.SealedJSONField(default=dict, verbose_name='not about a person')),
                ('as_member', models.BooleanField(default=False, verbose_name='as “a member organisation”')),
                ('said', halka.common.sealing.fields.SealedTextField(blank=True, verbose_name='sent back with')),
                ('round', models.PositiveSmallIntegerField(default=0, verbose_name='time')),
                ('submission', models.UUIDField(editable=False, null=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='begun')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='changed')),
                ('offered_at', models.DateTimeField(editable=False, null=True, verbose_name='waits since')),
                ('released_at', models.DateTimeField(editable=False, null=True, verbose_name='released')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('author', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organisations.colleague', verbose_name='written by')),
                ('released_by', models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organisations.colleague', verbose_name='released by')),
            ],
            options={
                'verbose_name': 'text of ours',
                'verbose_name_plural': 'texts of ours',
                'base_manager_name': 'objects',
                'indexes': [models.Index(condition=models.Q(('state', 'offered')), fields=['offered_at'], name='contribution_waiting'), models.Index(fields=['author', '-id'], name='contribution_of_author')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('released_at', None), ('round', 0), ('submission', None)), models.Q(('released_at__isnull', False), ('round__gt', 0), ('submission__isnull', False)), _connector='OR'), name='contribution_released', violation_error_message='What was released has left, and what has left was released.'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['released', 'withdrawn']), _negated=True), ('submission__isnull', False), _connector='OR'), name='contribution_left', violation_error_message='Only what has left can be released or taken back.')],
            },
        ),
    ]
