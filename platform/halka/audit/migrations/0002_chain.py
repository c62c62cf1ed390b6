"""The client that an entry is about, and the chain that every entry is tied to when it is committed."""

import django.db.models.deletion
from django.db import migrations, models

# Entries from before the chain, in the order in which they were written.
LINK_ALL = """
UPDATE audit_entry SET about_id = CAST(target_id AS uuid) WHERE target_model = 'caseloads.client';
DO $$
DECLARE
    entry record;
    tied bytea := '';
    counted bigint := 0;
BEGIN
    FOR entry IN SELECT * FROM audit_entry ORDER BY at, id LOOP
        counted := counted + 1;
        tied := sha256(tied || convert_to(public.audit_text(
            entry.id, entry.at, entry.actor_user_id, entry.actor_name, entry.is_support, entry.action,
            entry.target_model, entry.target_id, entry.about_id, entry.detail
        ), 'UTF8'));
        INSERT INTO audit_link (number, entry_id, hash) VALUES (counted, entry.id, tied);
    END LOOP;
END
$$;
"""

TRIGGER = """
CREATE CONSTRAINT TRIGGER audit_chain AFTER INSERT ON audit_entry
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.audit_chain();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0001_initial"),
        ("organisations", "0005_audit"),
    ]

    operations = [
        migrations.AddField(
            model_name="entry",
            name="about_id",
            field=models.UUIDField(blank=True, null=True, verbose_name="about"),
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("hash", models.BinaryField(max_length=32)),
                (
                    "entry",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="link",
                        to="audit.entry",
                    ),
                ),
            ],
            options={
                "verbose_name": "link of the audit",
                "verbose_name_plural": "links of the audit",
            },
        ),
        migrations.RunSQL(LINK_ALL, migrations.RunSQL.noop),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER audit_chain ON audit_entry"),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["about_id", "-at"], name="entry_about"),
        ),
    ]
