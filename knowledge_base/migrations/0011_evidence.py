
import django.db.models.deletion
import django.utils.timezone
import halka.common.identifiers
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('knowledge_base', '0010_signatures'),
        ('organisations', '0010_working_groups'),
    ]

    operations = [
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.UUIDField(default=halka.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('unit', models.CharField(blank=True, max_length=60, verbose_name='unit')),
                ('groups', models.PositiveIntegerField(verbose_name='groups')),
                ('people', models.PositiveIntegerField(null=True, verbose_name='people there')),
                ('completed', models.PositiveIntegerField(null=True, verbose_name='completed')),
                ('rated', models.PositiveIntegerField(null=True, verbose_name='rated before and after')),
                ('distance', models.SmallIntegerField(null=True, verbose_name='how far they came')),
                ('computed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='knowledge_base.curriculumversion')),
            ],
            options={
                'verbose_name': 'evidence',
                'verbose_name_plural': 'evidence',
                'constraints': [models.UniqueConstraint(fields=('version', 'unit', 'organisation'), name='evidence_once'), models.CheckConstraint(condition=models.Q(('people', None), ('people__gte', 5), _connector='OR'), name='evidence_people_enough'), models.CheckConstraint(condition=models.Q(('completed', None), ('completed__gte', 5), _connector='OR'), name='evidence_completed_enough'), models.CheckConstraint(condition=models.Q(('rated', None), ('rated__gte', 5), _connector='OR'), name='evidence_rated_enough'), models.CheckConstraint(condition=models.Q(models.Q(('completed', None), models.Q(('completed__lte', models.F('people')), ('people__isnull', False)), _connector='OR'), models.Q(('rated', None), models.Q(('people__isnull', False), ('rated__lte', models.F('people'))), _connector='OR')), name='evidence_within_people'), models.CheckConstraint(condition=models.Q(models.Q(('distance', None), ('rated', None)), models.Q(('distance__gte', -100), ('distance__isnull', False), ('distance__lte', 100), ('rated__isnull', False)), _connector='OR'), name='evidence_distance_of_rated')],
            },
        ),
    ]
