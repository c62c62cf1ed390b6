import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import halka.common.identifiers
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('caseloads', '0009_restricted'),
        ('learning', '0002_plans'),
        ('organisations', '0009_guard_contact'),
    ]

    operations = [
        migrations.CreateModel(
            name='Group',
            fields=[
                ('id', models.UUIDField(default=halka.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('base', models.UUIDField(editable=False)),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('room', models.CharField(blank=True, max_length=100, verbose_name='room')),
                ('starts_on', models.DateField(verbose_name='begins')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='ends')),
                ('places', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(500)], verbose_name='places')),
                ('share', models.PositiveSmallIntegerField(default=75, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='percent of the sessions to be there for')),
                ('ended_at', models.DateTimeField(editable=False, null=True, verbose_name='ended')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='made')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('changed_by', models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organisations.colleague', verbose_name='changed by')),
                ('curriculum', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='learning.adoptedcurriculum', verbose_name='curriculum')),
                ('facilitator', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organisations.colleague', verbose_name='facilitator')),
                ('made_by', models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organisations.colleague', verbose_name='made by')),
                ('second_facilitator', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organisations.colleague', verbose_name='second facilitator')),
            ],
            options={
                'verbose_name': 'group',
                'verbose_name_plural': 'groups',
                'ordering': ['-starts_on', '-id'],
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Participant',
            fields=[
                ('id', models.UUIDField(default=halka.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('enrolled', 'In the group'), ('waiting', 'On the waiting list'), ('left', 'Left the group')], default='enrolled', max_length=8, verbose_name='state')),
                ('since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='since')),
                ('enrolled_on', models.DateField(editable=False, null=True, verbose_name='in the group since')),
                ('left_on', models.DateField(editable=False, null=True, verbose_name='left on')),
                ('added_by', models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organisations.colleague', verbose_name='added by')),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='learning_groups', to='caseloads.client', verbose_name='client')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='participants', to='learning.group', verbose_name='group')),
            ],
            options={
                'verbose_name': 'place in a group',
                'verbose_name_plural': 'places in groups',
                'ordering': ['since', 'id'],
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.UUIDField(default=halka.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('starts_at', models.DateTimeField(verbose_name='begins')),
                ('ends_at', models.DateTimeField(verbose_name='ends')),
                ('room', models.CharField(blank=True, max_length=100, verbose_name='room')),
                ('cancelled_at', models.DateTimeField(editable=False, null=True, verbose_name='cancelled')),
                ('cancelled_why', models.CharField(blank=True, max_length=200, verbose_name='why it is cancelled')),
                ('noted_at', models.DateTimeField(editable=False, null=True, verbose_name='attendance written down')),
                ('attendance_version', models.PositiveIntegerField(default=0, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('changed_by', models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organisations.colleague', verbose_name='changed by')),
                ('client', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='learning_sessions', to='caseloads.client', verbose_name='client')),
                ('facilitator', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organisations.colleague', verbose_name='facilitator')),
                ('group', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to='learning.group', verbose_name='group')),
                ('made_by', models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organisations.colleague', verbose_name='made by')),
                ('noted_by', models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organisations.colleague', verbose_name='attendance written down by')),
            ],
            options={
                'verbose_name': 'session',
                'verbose_name_plural': 'sessions',
                'ordering': ['starts_at', 'id'],
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.UUIDField(default=halka.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('came', models.CharField(choices=[('came', 'Came'), ('late', 'Late'), ('excused', 'Excused'), ('absent', 'Absent')], max_length=7, verbose_name='attendance')),
                ('noted_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='written down')),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='learning_attendance', to='caseloads.client', verbose_name='client')),
                ('noted_by', models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organisations.colleague', verbose_name='written down by')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendance', to='learning.session', verbose_name='session')),
            ],
            options={
                'verbose_name': 'attendance',
                'verbose_name_plural': 'attendance',
                'ordering': ['id'],
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='SessionUnit',
            fields=[
                ('id', models.UUIDField(default=halka.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=150, verbose_name='title')),
                ('position', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='units', to='learning.session', verbose_name='session')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='learning.adoptedunit', verbose_name='unit')),
            ],
            options={
                'verbose_name': 'unit of a session',
                'verbose_name_plural': 'units of sessions',
                'ordering': ['position', 'id'],
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='CalendarFeed',
            fields=[
                ('id', models.UUIDField(default=halka.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('token_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='made')),
                ('revoked_at', models.DateTimeField(editable=False, null=True, verbose_name='ended')),
                ('colleague', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organisations.colleague', verbose_name='colleague')),
            ],
            options={
                'verbose_name': 'calendar address',
                'verbose_name_plural': 'calendar addresses',
                'ordering': ['-id'],
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(condition=models.Q(('revoked_at', None)), fields=('colleague',), name='learning_one_calendar_address')],
            },
        ),
        migrations.AddIndex(
            model_name='group',
            index=models.Index(fields=['-starts_on', '-id'], name='learning_group_list'),
        ),
        migrations.AddConstraint(
            model_name='group',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='learning_group_ends_later', violation_error_message='The group cannot end before it begins.'),
        ),
        migrations.AddConstraint(
            model_name='group',
            constraint=models.CheckConstraint(condition=models.Q(('share__gte', 1), ('share__lte', 100)), name='learning_group_share', violation_error_message='Give a number between 1 and 100.'),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.UniqueConstraint(fields=('group', 'client'), name='learning_place_once', violation_error_message='Both records are in the same group. Remove one of them from the group first, then merge.'),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('left_on__isnull', False), ('state', 'left')), models.Q(models.Q(('state', 'left'), _negated=True), ('left_on', None)), _connector='OR'), name='learning_left_on_a_day', violation_error_message='Who left has a day.'),
        ),
        migrations.AddIndex(
            model_name='session',
            index=models.Index(fields=['starts_at', 'id'], name='learning_calendar'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('group__isnull', False), ('client__isnull', False), _connector='OR'), name='learning_session_of_somebody', violation_error_message='A session is for a group or for a person.'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='learning_session_ends_later', violation_error_message='The session cannot end before it begins.'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.UniqueConstraint(fields=('session', 'client'), name='learning_came_once', violation_error_message='Both records have attendance at the same session. Clear it for one of them first, then merge.'),
        ),
    ]
