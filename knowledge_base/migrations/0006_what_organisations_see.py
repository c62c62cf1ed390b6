"""Published curricula as organisations see them, and which organisations teach from them."""

import decimal
import django.db.models.deletion
import django.utils.timezone
import halka.common.identifiers
import knowledge_base.fields
from django.db import migrations, models


CURRICULUM = """
CREATE VIEW public.knowledge_base_publishedcurriculum WITH (security_barrier) AS
SELECT page.id, taught.key, page.title, taught.summary, taught.who_for, locale.language_code AS language, page.slug,
       page.live AS is_live
FROM public.knowledge_base_curriculum AS taught
JOIN public.wagtailcore_page AS page ON page.id = taught.page_ptr_id
JOIN public.wagtailcore_locale AS locale ON locale.id = page.locale_id
WHERE EXISTS (
    SELECT 1 FROM public.knowledge_base_curriculumversion AS version
    WHERE version.curriculum_id = page.id AND version.published_at IS NOT NULL
);
"""
VERSION = """
CREATE VIEW public.knowledge_base_publishedversion WITH (security_barrier) AS
SELECT id, curriculum_id, number, changes, published_at
FROM public.knowledge_base_curriculumversion
WHERE published_at IS NOT NULL;
"""
MODULE = """
CREATE VIEW public.knowledge_base_publishedmodule WITH (security_barrier) AS
SELECT module.id, module.version_id, module.position, module.key, module.title, module.summary, module.dimension,
       module.outcomes
FROM public.knowledge_base_module AS module
JOIN public.knowledge_base_curriculumversion AS version ON version.id = module.version_id
WHERE version.published_at IS NOT NULL;
"""
UNIT = """
CREATE VIEW public.knowledge_base_publishedunit WITH (security_barrier) AS
SELECT unit.id, unit.version_id, unit.module_id, unit.position, unit.key, unit.title, unit.skill_kind, unit.skill,
       unit.level, unit.focus, unit.theory_hours, unit.practice_hours, unit.outcomes, unit.materials,
       unit.prerequisites, unit.scale, unit.scale_item, unit.introduction, unit.guide, unit.exercises AS blocks,
       unit.sheet_title, unit.sheet_instructions, unit.sheet_lines
FROM public.knowledge_base_unit AS unit
JOIN public.knowledge_base_curriculumversion AS version ON version.id = unit.version_id
WHERE version.published_at IS NOT NULL;
"""
VIEWS = {"curriculum": CURRICULUM, "version": VERSION, "module": MODULE, "unit": UNIT}


class Migration(migrations.Migration):

    dependencies = [
        ('knowledge_base', '0005_members'),
        ('organisations', '0009_guard_contact'),
    ]

    operations = [
        *(
            migrations.RunSQL(create, f"DROP VIEW public.knowledge_base_published{name}")
            for name, create in VIEWS.items()
        ),
        migrations.CreateModel(
            name='PublishedCurriculum',
            fields=[
                ('id', models.IntegerField(primary_key=True, serialize=False)),
                ('key', models.CharField(max_length=60, verbose_name='key')),
                ('title', models.CharField(max_length=255, verbose_name='title')),
                ('summary', models.TextField(verbose_name='summary')),
                ('who_for', models.TextField(verbose_name='who it is for')),
                ('language', models.CharField(max_length=5, verbose_name='language')),
                ('slug', models.CharField(max_length=255)),
                ('is_live', models.BooleanField()),
            ],
            options={
                'verbose_name': 'curriculum',
                'verbose_name_plural': 'curricula',
                'db_table': 'knowledge_base_publishedcurriculum',
                'ordering': ['title', 'id'],
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='PublishedModule',
            fields=[
                ('title', models.CharField(max_length=150, verbose_name='title')),
                ('summary', models.TextField(blank=True, verbose_name='summary')),
                ('dimension', models.CharField(choices=[('psychological', 'Psychological'), ('social', 'Social'), ('economic', 'Economic')], max_length=16, verbose_name='dimension')),
                ('outcomes', knowledge_base.fields.LinesField(base_field=models.TextField(), blank=True, default=list, size=None, verbose_name='what people can do afterwards')),
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                ('key', models.CharField(max_length=60, verbose_name='key')),
            ],
            options={
                'verbose_name': 'module',
                'verbose_name_plural': 'modules',
                'db_table': 'knowledge_base_publishedmodule',
                'ordering': ['version', 'position', 'id'],
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='PublishedUnit',
            fields=[
                ('title', models.CharField(max_length=150, verbose_name='title')),
                ('skill_kind', models.CharField(choices=[('soft', 'Soft skill'), ('hard', 'Hard skill')], max_length=4, verbose_name='soft or hard skill')),
                ('skill', models.CharField(max_length=80, verbose_name='skill')),
                ('level', models.CharField(choices=[('beginning', 'For beginners'), ('middle', 'Builds on a beginning'), ('advanced', 'For the experienced')], max_length=9, verbose_name='level')),
                ('focus', models.CharField(choices=[('motivation', 'Motivation'), ('skill', 'Skill'), ('both', 'Motivation and skill')], max_length=10, verbose_name='works on')),
                ('theory_hours', models.DecimalField(decimal_places=2, default=decimal.Decimal, max_digits=5, verbose_name='hours of theory')),
                ('practice_hours', models.DecimalField(decimal_places=2, default=decimal.Decimal, max_digits=5, verbose_name='hours of practice')),
                ('outcomes', knowledge_base.fields.LinesField(base_field=models.TextField(), blank=True, default=list, size=None, verbose_name='what people can do afterwards')),
                ('materials', knowledge_base.fields.LinesField(base_field=models.TextField(), blank=True, default=list, size=None, verbose_name='what you need')),
                ('prerequisites', knowledge_base.fields.LinesField(base_field=models.TextField(), blank=True, default=list, help_text='Their keys, one a line.', size=None, verbose_name='units that come before')),
                ('scale', models.CharField(blank=True, choices=[('short', 'The six short questions'), ('full', 'All questions of the scale')], max_length=8, verbose_name='shown by')),
                ('scale_item', models.CharField(blank=True, help_text='The one where a change is expected first.', max_length=40, verbose_name='question of the scale')),
                ('introduction', models.TextField(verbose_name='introduction')),
                ('guide', models.TextField(verbose_name='for the facilitator')),
                ('sheet_title', models.CharField(blank=True, max_length=150, verbose_name='title of the participant’s sheet')),
                ('sheet_instructions', models.TextField(blank=True, verbose_name='what to do with the sheet')),
                ('sheet_lines', knowledge_base.fields.LinesField(base_field=models.TextField(), blank=True, default=list, size=None, verbose_name='lines of the sheet')),
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                ('key', models.CharField(max_length=60, verbose_name='key')),
                ('blocks', models.JSONField()),
            ],
            options={
                'verbose_name': 'unit',
                'verbose_name_plural': 'units',
                'db_table': 'knowledge_base_publishedunit',
                'ordering': ['version', 'position', 'id'],
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='PublishedVersion',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('changes', models.TextField(verbose_name='what changed')),
                ('published_at', models.DateTimeField(verbose_name='published')),
            ],
            options={
                'verbose_name': 'version of a curriculum',
                'verbose_name_plural': 'versions of curricula',
                'db_table': 'knowledge_base_publishedversion',
                'ordering': ['curriculum', '-number'],
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='Adoption',
            fields=[
                ('id', models.UUIDField(default=halka.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('adopted_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='adopted')),
                ('curriculum', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='adoptions', to='knowledge_base.curriculum')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='knowledge_base.curriculumversion')),
            ],
            options={
                'verbose_name': 'adoption',
                'verbose_name_plural': 'adoptions',
                'constraints': [models.UniqueConstraint(fields=('curriculum', 'organisation'), name='adoption_once')],
            },
        ),
    ]
