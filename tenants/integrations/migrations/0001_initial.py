"""The feed of events, numbered at commit, and the outbox of webhooks."""

import django.db.models.deletion
import django.utils.timezone
import halka.common.identifiers
import halka.common.sealing.fields
from django.db import migrations, models

TRIGGER = """
CREATE CONSTRAINT TRIGGER number_event AFTER INSERT ON integrations_event
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.number_event();
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('audit', '0003_by_action'),
        ('organisations', '0006_duework'),
    ]

    operations = [
        migrations.CreateModel(
            name='EventCounter',
            fields=[
                ('id', models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('last', models.BigIntegerField()),
            ],
            options={
                'verbose_name': 'counter of events',
                'verbose_name_plural': 'counters of events',
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Endpoint',
            fields=[
                ('id', models.UUIDField(default=halka.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('url', halka.common.sealing.fields.SealedTextField(max_length=500, verbose_name='address')),
                ('host', models.CharField(editable=False, max_length=260, verbose_name='host')),
                ('description', models.CharField(blank=True, max_length=120, verbose_name='what it is for')),
                ('types', models.JSONField(blank=True, default=list, verbose_name='events')),
                ('state', models.CharField(choices=[('active', 'Active'), ('paused', 'Paused'), ('off', 'Switched off after failing for days')], default='active', editable=False, max_length=8, verbose_name='state')),
                ('failures', models.PositiveIntegerField(default=0, editable=False)),
                ('failing_since', models.DateTimeField(editable=False, null=True, verbose_name='failing since')),
                ('quiet_until', models.DateTimeField(editable=False, null=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='added')),
                ('removed_at', models.DateTimeField(editable=False, null=True, verbose_name='removed')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                'verbose_name': 'webhook',
                'verbose_name_plural': 'webhooks',
                'base_manager_name': 'objects',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('failing_since', None), ('failures', 0)), models.Q(('failing_since__isnull', False), ('failures__gt', 0)), _connector='OR'), name='endpoint_failing_since'), models.CheckConstraint(condition=models.Q(('removed_at', None), models.Q(('state', 'active'), _negated=True), _connector='OR'), name='endpoint_removed_is_not_active')],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.UUIDField(default=halka.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.BigIntegerField(editable=False, null=True, unique=True, verbose_name='number')),
                ('type', models.CharField(max_length=40, verbose_name='kind of event')),
                ('referral_id', models.UUIDField(null=True, verbose_name='referral')),
                ('envelope_id', models.UUIDField(null=True, verbose_name='envelope')),
                ('source_id', models.UUIDField(verbose_name='source')),
                ('data', models.JSONField(default=dict, verbose_name='data')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='when')),
            ],
            options={
                'verbose_name': 'event',
                'verbose_name_plural': 'events',
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['type', 'number'], name='event_of_type'), models.Index(fields=['at'], name='event_oldest')],
                'constraints': [models.UniqueConstraint(fields=('source_id', 'type'), name='event_noted_once')],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.UUIDField(default=halka.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('lane', models.UUIDField()),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('delivered', 'Delivered'), ('dead', 'Not delivered')], default='waiting', max_length=9, verbose_name='state')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                ('due_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='next attempt')),
                ('gives_up_at', models.DateTimeField(verbose_name='given up')),
                ('lease', models.UUIDField(null=True)),
                ('leased_until', models.DateTimeField(null=True)),
                ('done_at', models.DateTimeField(null=True, verbose_name='done')),
                ('endpoint', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='integrations.endpoint')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='integrations.event')),
            ],
            options={
                'verbose_name': 'delivery',
                'verbose_name_plural': 'deliveries',
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('id', models.UUIDField(default=halka.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField(verbose_name='attempt')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='when')),
                ('milliseconds', models.PositiveIntegerField(null=True, verbose_name='duration')),
                ('status', models.PositiveSmallIntegerField(null=True, verbose_name='answer')),
                ('failure', models.CharField(blank=True, choices=[('address', 'The address cannot be reached from the internet'), ('refused', 'No connection'), ('certificate', 'The connection is not secure: certificate or encryption'), ('timeout', 'No answer in time'), ('broken', 'The connection broke off, or the answer was not HTTP'), ('status', 'Answered with an error'), ('redirect', 'Answered with a redirection, which is not followed'), ('interrupted', 'Interrupted on our side; tried again')], max_length=11, verbose_name='what went wrong')),
                ('delivery', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='log', to='integrations.delivery')),
                ('endpoint', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attempts', to='integrations.endpoint')),
            ],
            options={
                'verbose_name': 'attempt',
                'verbose_name_plural': 'attempts',
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['endpoint', '-id'], name='attempt_newest'), models.Index(fields=['at'], name='attempt_oldest')],
            },
        ),
        migrations.CreateModel(
            name='EndpointSecret',
            fields=[
                ('id', models.UUIDField(default=halka.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('secret', halka.common.sealing.fields.SealedTextField(max_length=100, verbose_name='secret')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='made')),
                ('ends_at', models.DateTimeField(null=True, verbose_name='ends')),
                ('endpoint', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='secrets', to='integrations.endpoint')),
            ],
            options={
                'verbose_name': 'secret of a webhook',
                'verbose_name_plural': 'secrets of webhooks',
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(condition=models.Q(('ends_at', None)), fields=('endpoint',), name='endpoint_one_current_secret')],
            },
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('state', 'waiting')), fields=['endpoint', 'due_at'], name='delivery_due'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('state', 'waiting')), fields=['endpoint', 'lane'], name='delivery_lane'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('state', 'dead')), fields=['endpoint', '-id'], name='delivery_dead'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('done_at__isnull', False)), fields=['done_at'], name='delivery_done'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(fields=('event', 'endpoint'), name='delivery_once'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('done_at', None), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('done_at__isnull', False), ('lease', None)), _connector='OR'), name='delivery_done_at'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('lease', None), ('leased_until', None)), models.Q(('lease__isnull', False), ('leased_until__isnull', False)), _connector='OR'), name='delivery_leased_until'),
        ),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER number_event ON integrations_event"),
    ]
