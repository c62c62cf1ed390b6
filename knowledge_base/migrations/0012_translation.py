"""Texts in further languages, part by part, and what each part was made from."""

import django.db.models.deletion
import halka.common.identifiers
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('knowledge_base', '0011_evidence'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Translation',
            fields=[
                ('id', models.UUIDField(default=halka.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('language', models.CharField(max_length=5, verbose_name='language')),
                ('missing', models.PositiveSmallIntegerField(default=0, verbose_name='parts that are missing')),
                ('changed', models.PositiveSmallIntegerField(default=0, verbose_name='parts whose original has changed')),
                ('published_at', models.DateTimeField(null=True, verbose_name='published last')),
                ('is_behind', models.BooleanField(default=False, verbose_name='older than the original')),
                ('touched_at', models.DateTimeField(null=True, verbose_name='worked on last')),
                ('page', models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='translation', to='wagtailcore.page', verbose_name='page')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='translated_as', to='wagtailcore.page', verbose_name='original')),
            ],
            options={
                'verbose_name': 'translation',
                'verbose_name_plural': 'translations',
            },
        ),
        migrations.CreateModel(
            name='TranslatedPart',
            fields=[
                ('id', models.UUIDField(default=halka.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('key', models.CharField(max_length=120, verbose_name='part')),
                ('text', models.TextField(blank=True, verbose_name='text')),
                ('made_from', models.TextField(blank=True, verbose_name='made from')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='version')),
                ('edited_at', models.DateTimeField(verbose_name='changed')),
                ('edited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='changed by')),
                ('translation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='knowledge_base.translation', verbose_name='translation')),
            ],
            options={
                'verbose_name': 'translated part',
                'verbose_name_plural': 'translated parts',
            },
        ),
        migrations.AddIndex(
            model_name='translation',
            index=models.Index(condition=models.Q(('is_behind', True)), fields=['language'], name='translation_behind'),
        ),
        migrations.AddConstraint(
            model_name='translation',
            constraint=models.UniqueConstraint(fields=('source', 'language'), name='translation_once'),
        ),
        migrations.AddConstraint(
            model_name='translation',
            constraint=models.CheckConstraint(condition=models.Q(('page', None), ('published_at__isnull', False), _connector='OR'), name='translation_page_was_published', violation_error_message='A translation has a page once it is published.'),
        ),
        migrations.AddConstraint(
            model_name='translatedpart',
            constraint=models.UniqueConstraint(fields=('translation', 'key'), name='translated_part_once'),
        ),
    ]
