"""Published texts as other systems take them along, and the part of them that organisations reach."""

import halka.common.identifiers
from django.db import migrations, models

KINDS = [('lesson', 'Lesson'), ('practice', 'Practice'), ('curriculum', 'Curriculum')]
VIEW = """
CREATE VIEW public.knowledge_base_memberstext WITH (security_barrier) AS
SELECT id, page_id, kind, language, number, created_at, changed_at, removed_at, document
FROM public.knowledge_base_publishedtext
WHERE readers = 'members';
"""
FIELDS = [
    ('id', models.UUIDField(default=halka.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
    ('page_id', models.PositiveIntegerField(verbose_name='page')),
    ('kind', models.CharField(choices=KINDS, max_length=10, verbose_name='kind')),
    ('language', models.CharField(max_length=5, verbose_name='language')),
    ('number', models.PositiveBigIntegerField(verbose_name='number of the change')),
    ('created_at', models.DateTimeField(verbose_name='first published')),
    ('changed_at', models.DateTimeField(verbose_name='changed')),
    ('removed_at', models.DateTimeField(null=True, verbose_name='taken off')),
    ('document', models.JSONField(null=True, verbose_name='text')),
]


def fields():
    return [(name, field.clone()) for name, field in FIELDS]


class Migration(migrations.Migration):

    dependencies = [
        ('knowledge_base', '0006_what_organisations_see'),
    ]

    operations = [
        migrations.CreateModel(
            name='PublishedText',
            fields=[
                *fields(),
                ('readers', models.CharField(choices=[('public', 'Everybody'), ('members', 'People of member organisations')], max_length=8, verbose_name='who may read it')),
                ('digest', models.CharField(blank=True, max_length=64, verbose_name='digest')),
            ],
            options={
                'verbose_name': 'published text',
                'verbose_name_plural': 'published texts',
                'indexes': [
                    models.Index(condition=models.Q(('removed_at', None)), fields=['readers', 'kind', '-number'], name='published_text_of_kind'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('page_id', 'readers'), name='published_text_once'),
                    models.UniqueConstraint(fields=('readers', 'number'), name='published_text_number_once'),
                    models.CheckConstraint(condition=models.Q(models.Q(('document__isnull', False), ('removed_at', None)), models.Q(('document__isnull', True), ('removed_at__isnull', False)), _connector='OR'), name='published_text_gone_without_words', violation_error_message='What was taken off has no words any more.'),
                ],
            },
        ),
        migrations.RunSQL(VIEW, "DROP VIEW public.knowledge_base_memberstext"),
        migrations.CreateModel(
            name='MembersText',
            fields=fields(),
            options={
                'verbose_name': 'published text',
                'verbose_name_plural': 'published texts',
                'db_table': 'knowledge_base_memberstext',
                'managed': False,
            },
        ),
    ]
