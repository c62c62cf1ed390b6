"""Computer systems of organisations, which call the API."""

import django.db.models.deletion
import django.utils.timezone
import halka.common.identifiers
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('allauth_idp_oidc', '0003_client_allow_uri_wildcards'),
        ('organisations', '0006_duework'),
    ]

    operations = [
        migrations.CreateModel(
            name='Software',
            fields=[
                ('id', models.UUIDField(default=halka.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='since')),
                ('created_by_name', models.CharField(max_length=150, verbose_name='added by')),
                ('secret_since', models.DateTimeField(default=django.utils.timezone.now, verbose_name='secret since')),
                ('last_used_at', models.DateTimeField(blank=True, null=True, verbose_name='last used')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='revoked')),
                ('revoked_by_name', models.CharField(blank=True, max_length=150, verbose_name='revoked by')),
                ('client', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='software', to='allauth_idp_oidc.client')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='software', to='organisations.organisation')),
            ],
            options={
                'verbose_name': 'software',
                'verbose_name_plural': 'software',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('revoked_at', None), ('revoked_by_name', '')), models.Q(('revoked_at__isnull', False), models.Q(('revoked_by_name', ''), _negated=True)), _connector='OR'), name='software_revoked_by_somebody', violation_error_message='Whoever takes access away is named with it.')],
            },
        ),
    ]
