"""What organisations are found by when work is due, and what numbers their events."""

import django.db.models.deletion
import django.utils.timezone
import halka.common.identifiers
from django.db import migrations, models

# Runs at commit, as the owner: the organisation's role has no right to number anything. What is numbered under the lock
# of the audit is committed in the order of the numbers, none is left out, and nobody waits for two locks crosswise.
NUMBER = """
CREATE FUNCTION public.number_event() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(
        4862002, CAST(CAST(to_regclass(format('%I.audit_entry', TG_TABLE_SCHEMA)) AS oid) AS integer)
    );
    EXECUTE format(
        'WITH counted AS ('
        ' INSERT INTO %1$I.integrations_eventcounter AS counter (id, last) VALUES (1, 1)'
        ' ON CONFLICT (id) DO UPDATE SET last = counter.last + 1 RETURNING last'
        ') UPDATE %1$I.integrations_event AS event SET number = counted.last FROM counted WHERE event.id = $1',
        TG_TABLE_SCHEMA
    ) USING NEW.id;
    RETURN NULL;
END
$$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0005_audit'),
    ]

    operations = [
        migrations.CreateModel(
            name='DueWork',
            fields=[
                ('id', models.UUIDField(default=halka.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('webhooks', 'Webhooks')], max_length=12)),
                ('due_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organisations.organisation')),
            ],
            options={
                'verbose_name': 'work that is due',
                'verbose_name_plural': 'work that is due',
                'indexes': [models.Index(fields=['kind', 'due_at'], name='due_work_next')],
            },
        ),
        migrations.RunSQL(NUMBER, "DROP FUNCTION public.number_event()"),
    ]
