"""Texts for a working group alone: which group a text that is sent in is for, and what organisations find of them."""

import django.db.models.deletion
from django.db import migrations, models


VIEW = """
CREATE VIEW public.knowledge_base_groupstext WITH (security_barrier) AS
SELECT entry.id, entry.page_id, entry.group_id, entry.kind, entry.language, entry.path, entry.title, entry.published_at
FROM public.knowledge_base_entry AS entry
WHERE entry.audience = 'group' AND entry.unit_id IS NULL AND (
    EXISTS (
        SELECT 1 FROM public.organisations_workinggroup_organisations AS own
        WHERE own.workinggroup_id = entry.group_id AND own.organisation_id = (SELECT public.current_organisation())
    ) OR EXISTS (
        SELECT 1 FROM public.organisations_organisation AS reader
        WHERE reader.id = (SELECT public.current_organisation()) AND reader.kind = 'secretariat'
    )
);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('knowledge_base', '0013_claimed_digests'),
        ('organisations', '0014_life'),
    ]

    operations = [
        migrations.CreateModel(
            name='GroupsText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page_id', models.PositiveIntegerField(verbose_name='page')),
                ('group_id', models.UUIDField(verbose_name='which working group')),
                ('kind', models.CharField(choices=[('lesson', 'Lesson'), ('practice', 'Practice'), ('curriculum', 'Curriculum'), ('unit', 'Unit of a curriculum'), ('article', 'Article'), ('advocacy', 'Advocacy')], max_length=10, verbose_name='kind')),
                ('language', models.CharField(max_length=5, verbose_name='language')),
                ('path', models.CharField(max_length=400, verbose_name='address')),
                ('title', models.CharField(max_length=255, verbose_name='title')),
                ('published_at', models.DateTimeField(verbose_name='published')),
            ],
            options={
                'verbose_name': 'text of a working group',
                'verbose_name_plural': 'texts of working groups',
                'db_table': 'knowledge_base_groupstext',
                'managed': False,
            },
        ),
        migrations.AddField(
            model_name='submission',
            name='group',
            field=models.ForeignKey(help_text='Where a working group alone may read it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.workinggroup', verbose_name='which working group'),
        ),
        migrations.RunSQL(VIEW, "DROP VIEW public.knowledge_base_groupstext"),
    ]
