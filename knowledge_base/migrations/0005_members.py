"""Texts of members on their way through a workflow."""


import django.db.models.deletion
import django.utils.timezone
import halka.common.identifiers
from django.db import migrations, models

WORKFLOW, READING, DECISION = "Texts of members", "Reading by other members", "Editor’s decision"
GROUP = "Knowledge editors"


def begin(apps, schema_editor):
    """The way of members' texts. No page has a workflow by its place, so that editors publish their own."""
    apps.get_model("wagtailcore", "WorkflowPage").objects.all().delete()
    workflow = apps.get_model("wagtailcore", "Workflow").objects.create(name=WORKFLOW)
    for position, (name, title) in enumerate((("peerreview", READING), ("editorsdecision", DECISION))):
        kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
            app_label="knowledge_base", model=name
        )
        task = apps.get_model("knowledge_base", name).objects.create(name=title, content_type=kind)
        if name == "editorsdecision":
            task.groups.add(apps.get_model("auth", "Group").objects.get(name=GROUP))
        apps.get_model("wagtailcore", "WorkflowTask").objects.create(
            workflow=workflow, task_id=task.pk, sort_order=position
        )


class Migration(migrations.Migration):

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('knowledge_base', '0004_frozen_versions'),
        ('organisations', '0009_guard_contact'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
    ]

    operations = [
        migrations.CreateModel(
            name='PeerReview',
            fields=[
                ('task_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.task')),
            ],
            options={
                'verbose_name': 'reading by other members',
                'verbose_name_plural': 'readings by other members',
            },
            bases=('wagtailcore.task',),
        ),
        migrations.AddField(
            model_name='lesson',
            name='is_from_member',
            field=models.BooleanField(default=False, editable=False, verbose_name='a member wrote it'),
        ),
        migrations.AddField(
            model_name='lesson',
            name='told_by',
            field=models.ForeignKey(blank=True, editable=False, help_text='Empty where a member does not want to be named.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organisations.organisation', verbose_name='who tells it'),
        ),
        migrations.AddField(
            model_name='practice',
            name='is_from_member',
            field=models.BooleanField(default=False, editable=False, verbose_name='a member wrote it'),
        ),
        migrations.AddField(
            model_name='practice',
            name='told_by',
            field=models.ForeignKey(blank=True, editable=False, help_text='Empty where a member does not want to be named.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organisations.organisation', verbose_name='who tells it'),
        ),
        migrations.CreateModel(
            name='EditorsDecision',
            fields=[
                ('task_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.task')),
                ('groups', models.ManyToManyField(help_text='Pages/snippets at this step in a workflow will be moderated or approved by these groups of users', to='auth.group', verbose_name='groups')),
            ],
            options={
                'verbose_name': 'editor’s decision',
                'verbose_name_plural': 'editor’s decisions',
            },
            bases=('wagtailcore.task',),
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.UUIDField(default=halka.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('sent', 'On its way'), ('in_review', 'Others are reading it'), ('with_editor', 'With the editor'), ('returned', 'Came back for changes'), ('published', 'Published'), ('withdrawn', 'Taken back')], default='sent', max_length=11, verbose_name='state')),
                ('round', models.PositiveSmallIntegerField(default=0, verbose_name='time')),
                ('path', models.CharField(blank=True, max_length=400, verbose_name='address')),
                ('said', models.TextField(blank=True, verbose_name='the editor’s word')),
                ('due_at', models.DateTimeField(null=True, verbose_name='to be read by')),
                ('moved_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='since')),
                ('withdrawn_at', models.DateTimeField(null=True, verbose_name='taken back')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation', verbose_name='organisation')),
                ('page', models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.page', verbose_name='page')),
            ],
            options={
                'verbose_name': 'member’s text',
                'verbose_name_plural': 'members’ texts',
            },
        ),
        migrations.CreateModel(
            name='SubmittedText',
            fields=[
                ('id', models.UUIDField(default=halka.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('round', models.PositiveSmallIntegerField(verbose_name='time')),
                ('kind', models.CharField(choices=[('lesson', 'Lesson'), ('practice', 'Practice')], max_length=10, verbose_name='kind')),
                ('language', models.CharField(choices=[('en', 'English'), ('sq', 'Shqip'), ('sr', 'Srpski'), ('lt', 'Lietuvių'), ('sl', 'Slovenščina'), ('fa', 'فارسی')], max_length=5, verbose_name='language')),
                ('values', models.JSONField(verbose_name='text')),
                ('sent_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='sent')),
                ('signed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organisations.organisation', verbose_name='who tells it')),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='knowledge_base.submission', verbose_name='member’s text')),
            ],
            options={
                'verbose_name': 'text that was sent',
                'verbose_name_plural': 'texts that were sent',
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.UUIDField(default=halka.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('asked', 'To be read'), ('approved', 'Ready for readers'), ('returned', 'Back for changes'), ('passed_on', 'Passed on to others')], default='asked', max_length=9, verbose_name='answer')),
                ('comments', models.JSONField(default=dict, verbose_name='comments')),
                ('said', models.TextField(blank=True, verbose_name='in all')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked')),
                ('due_at', models.DateTimeField(verbose_name='by')),
                ('reminded_at', models.DateTimeField(null=True, verbose_name='reminded')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='answered')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='over since')),
                ('reader', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation', verbose_name='who reads')),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='knowledge_base.submission', verbose_name='member’s text')),
                ('text', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='knowledge_base.submittedtext', verbose_name='text that was sent')),
            ],
            options={
                'verbose_name': 'reading',
                'verbose_name_plural': 'readings',
            },
        ),
        migrations.AddIndex(
            model_name='submission',
            index=models.Index(fields=['state', 'moved_at', 'id'], name='submission_waiting'),
        ),
        migrations.AddConstraint(
            model_name='submittedtext',
            constraint=models.UniqueConstraint(fields=('submission', 'round'), name='submitted_text_once'),
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(fields=['reader', '-id'], name='review_of_reader'),
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(condition=models.Q(('closed_at', None), ('state', 'asked')), fields=['due_at'], name='review_due'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.UniqueConstraint(fields=('text', 'reader'), name='review_once'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('state__in', ['asked', 'passed_on'])), models.Q(('answered_at__isnull', False), ('state__in', ['approved', 'returned'])), _connector='OR'), name='review_answered_at'),
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
