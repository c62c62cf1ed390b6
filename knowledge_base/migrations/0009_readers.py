"""What readers keep, say and follow, and pages for a working group alone."""

import django.db.models.deletion
import django.utils.timezone
import halka.common.identifiers
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('knowledge_base', '0008_upkeep'),
        ('organisations', '0010_working_groups'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Digest',
            fields=[
                ('id', models.UUIDField(default=halka.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('is_on', models.BooleanField(default=True, verbose_name='weekly e-mail')),
                ('week', models.CharField(blank=True, max_length=8)),
                ('told_until', models.DateTimeField(default=django.utils.timezone.now)),
                ('sent_at', models.DateTimeField(null=True, verbose_name='last e-mail')),
            ],
            options={
                'verbose_name': 'weekly e-mail',
                'verbose_name_plural': 'weekly e-mails',
            },
        ),
        migrations.CreateModel(
            name='Follow',
            fields=[
                ('id', models.UUIDField(default=halka.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('page', 'Page'), ('programme', 'Programme'), ('group', 'With whom'), ('dimension', 'Dimension')], max_length=10, verbose_name='kind')),
                ('value', models.CharField(blank=True, max_length=120)),
                ('since', models.DateTimeField(default=django.utils.timezone.now, verbose_name='since')),
            ],
            options={
                'verbose_name': 'followed topic',
                'verbose_name_plural': 'followed topics',
            },
        ),
        migrations.CreateModel(
            name='ListItem',
            fields=[
                ('id', models.UUIDField(default=halka.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('unit_key', models.CharField(blank=True, max_length=60)),
                ('note', models.TextField(blank=True, max_length=500, verbose_name='your note')),
                ('position', models.PositiveIntegerField(verbose_name='position')),
            ],
            options={
                'verbose_name': 'page on a list',
                'verbose_name_plural': 'pages on lists',
            },
        ),
        migrations.CreateModel(
            name='ReadingList',
            fields=[
                ('id', models.UUIDField(default=halka.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='changed')),
            ],
            options={
                'verbose_name': 'reading list',
                'verbose_name_plural': 'reading lists',
            },
        ),
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('id', models.UUIDField(default=halka.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('text', models.TextField(max_length=2000, verbose_name='text')),
                ('said_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='said')),
                ('changed_at', models.DateTimeField(null=True, verbose_name='changed')),
                ('marked_at', models.DateTimeField(null=True, verbose_name='marked as the answer')),
                ('hidden_at', models.DateTimeField(null=True, verbose_name='hidden')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                'verbose_name': 'question or answer',
                'verbose_name_plural': 'questions and answers',
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.UUIDField(default=halka.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='why')),
                ('reported_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='reported')),
                ('settled_at', models.DateTimeField(null=True, verbose_name='looked at')),
            ],
            options={
                'verbose_name': 'report',
                'verbose_name_plural': 'reports',
            },
        ),
        migrations.CreateModel(
            name='Used',
            fields=[
                ('id', models.UUIDField(default=halka.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('said_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name': '“we used it”',
                'verbose_name_plural': '“we used it”',
            },
        ),
        migrations.CreateModel(
            name='Useful',
            fields=[
                ('id', models.UUIDField(default=halka.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('said_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name': '“useful”',
                'verbose_name_plural': '“useful”',
            },
        ),
        migrations.AddField(
            model_name='advocacy',
            name='group',
            field=models.ForeignKey(blank=True, help_text='Where a working group alone may read it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.workinggroup', verbose_name='which working group'),
        ),
        migrations.AddField(
            model_name='article',
            name='group',
            field=models.ForeignKey(blank=True, help_text='Where a working group alone may read it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.workinggroup', verbose_name='which working group'),
        ),
        migrations.AddField(
            model_name='curriculum',
            name='group',
            field=models.ForeignKey(blank=True, help_text='Where a working group alone may read it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.workinggroup', verbose_name='which working group'),
        ),
        migrations.AddField(
            model_name='entry',
            name='group',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.workinggroup', verbose_name='which working group'),
        ),
        migrations.AddField(
            model_name='lesson',
            name='group',
            field=models.ForeignKey(blank=True, help_text='Where a working group alone may read it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.workinggroup', verbose_name='which working group'),
        ),
        migrations.AddField(
            model_name='practice',
            name='group',
            field=models.ForeignKey(blank=True, help_text='Where a working group alone may read it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.workinggroup', verbose_name='which working group'),
        ),
        migrations.AlterField(
            model_name='advocacy',
            name='audience',
            field=models.CharField(choices=[('public', 'Everybody'), ('members', 'People of member organisations'), ('group', 'A working group')], default='members', max_length=8, verbose_name='who may read it'),
        ),
        migrations.AlterField(
            model_name='article',
            name='audience',
            field=models.CharField(choices=[('public', 'Everybody'), ('members', 'People of member organisations'), ('group', 'A working group')], default='members', max_length=8, verbose_name='who may read it'),
        ),
        migrations.AlterField(
            model_name='curriculum',
            name='audience',
            field=models.CharField(choices=[('public', 'Everybody'), ('members', 'People of member organisations'), ('group', 'A working group')], default='members', max_length=8, verbose_name='who may read it'),
        ),
        migrations.AlterField(
            model_name='entry',
            name='audience',
            field=models.CharField(choices=[('public', 'Everybody'), ('members', 'People of member organisations'), ('group', 'A working group')], max_length=8, verbose_name='who may read it'),
        ),
        migrations.AlterField(
            model_name='lesson',
            name='audience',
            field=models.CharField(choices=[('public', 'Everybody'), ('members', 'People of member organisations'), ('group', 'A working group')], default='members', max_length=8, verbose_name='who may read it'),
        ),
        migrations.AlterField(
            model_name='practice',
            name='audience',
            field=models.CharField(choices=[('public', 'Everybody'), ('members', 'People of member organisations'), ('group', 'A working group')], default='members', max_length=8, verbose_name='who may read it'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(('group', None), ('audience', 'group'), _connector='OR'), name='knowledge_group_of_audience'),
        ),
        migrations.AddField(
            model_name='digest',
            name='user',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='follow',
            name='page',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.page'),
        ),
        migrations.AddField(
            model_name='follow',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='listitem',
            name='page',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.page'),
        ),
        migrations.AddField(
            model_name='readinglist',
            name='shared_with',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organisations.organisation', verbose_name='shared with'),
        ),
        migrations.AddField(
            model_name='readinglist',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='listitem',
            name='list',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='knowledge_base.readinglist'),
        ),
        migrations.AddField(
            model_name='remark',
            name='page',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.page'),
        ),
        migrations.AddField(
            model_name='remark',
            name='question',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='knowledge_base.remark'),
        ),
        migrations.AddField(
            model_name='remark',
            name='signed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organisations.organisation', verbose_name='signed by'),
        ),
        migrations.AddField(
            model_name='remark',
            name='writer',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='report',
            name='remark',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='knowledge_base.remark'),
        ),
        migrations.AddField(
            model_name='report',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='used',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation'),
        ),
        migrations.AddField(
            model_name='used',
            name='page',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.page'),
        ),
        migrations.AddField(
            model_name='useful',
            name='page',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.page'),
        ),
        migrations.AddField(
            model_name='useful',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='digest',
            index=models.Index(condition=models.Q(('is_on', True)), fields=['id'], name='digest_wanted'),
        ),
        migrations.AddConstraint(
            model_name='follow',
            constraint=models.UniqueConstraint(fields=('user', 'kind', 'value', 'page'), name='follow_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='follow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'page'), ('page__isnull', False), ('value', '')), models.Q(models.Q(('kind', 'page'), _negated=True), models.Q(('value', ''), _negated=True), ('page', None)), _connector='OR'), name='follow_a_page_or_a_topic'),
        ),
        migrations.AddIndex(
            model_name='readinglist',
            index=models.Index(fields=['user', '-id'], name='reading_list_of_user'),
        ),
        migrations.AddIndex(
            model_name='readinglist',
            index=models.Index(condition=models.Q(('shared_with', None), _negated=True), fields=['shared_with', '-id'], name='reading_list_shared'),
        ),
        migrations.AddConstraint(
            model_name='readinglist',
            constraint=models.UniqueConstraint(fields=('user', 'name'), name='reading_list_once', violation_error_message='You have a list of this name already.'),
        ),
        migrations.AddIndex(
            model_name='listitem',
            index=models.Index(fields=['list', 'position', 'id'], name='list_item_in_order'),
        ),
        migrations.AddConstraint(
            model_name='listitem',
            constraint=models.UniqueConstraint(fields=('list', 'page', 'unit_key'), name='list_item_once'),
        ),
        migrations.AddIndex(
            model_name='remark',
            index=models.Index(condition=models.Q(('question', None)), fields=['page', '-id'], name='remark_of_page'),
        ),
        migrations.AddConstraint(
            model_name='remark',
            constraint=models.CheckConstraint(condition=models.Q(('question__isnull', False), ('marked_at', None), _connector='OR'), name='remark_marked_is_an_answer', violation_error_message='Only an answer can be marked.'),
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(condition=models.Q(('settled_at', None)), fields=['id'], name='report_waiting'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.UniqueConstraint(fields=('remark', 'user'), name='report_once'),
        ),
        migrations.AddConstraint(
            model_name='used',
            constraint=models.UniqueConstraint(fields=('page', 'organisation'), name='used_once'),
        ),
        migrations.AddConstraint(
            model_name='useful',
            constraint=models.UniqueConstraint(fields=('page', 'user'), name='useful_once'),
        ),
    ]
