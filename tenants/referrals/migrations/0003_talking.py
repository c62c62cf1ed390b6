"""Documents of referrals, and links to answer them without an account."""

import django.db.models.deletion
import django.utils.timezone
import halka.common.identifiers
import halka.common.sealing.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('caseloads', '0007_not_seen'),
        ('organisations', '0008_contact_email'),
        ('referrals', '0002_whole_machine'),
    ]

    operations = [
        migrations.CreateModel(
            name='AnswerLink',
            fields=[
                ('id', models.UUIDField(default=halka.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('purpose', models.CharField(choices=[('answer', 'Answer the referral'), ('told', 'Read who the person is'), ('result', 'Tell what became of it')], max_length=8, verbose_name='purpose')),
                ('token_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('code', halka.common.sealing.fields.SealedTextField(blank=True, verbose_name='code')),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('by_name', models.CharField(blank=True, max_length=150, verbose_name='name')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='sent')),
                ('expires_at', models.DateTimeField(verbose_name='valid until')),
                ('used_at', models.DateTimeField(null=True, verbose_name='answered')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='ended')),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='referrals.referral')),
            ],
            options={
                'verbose_name': 'link to answer a referral',
                'verbose_name_plural': 'links to answer referrals',
                'ordering': ['created_at', 'id'],
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(condition=models.Q(('token_hash', ''), _negated=True), fields=('token_hash',), name='answer_link_token'), models.CheckConstraint(condition=models.Q(('purpose', 'told'), ('code', ''), _connector='OR'), name='answer_link_code')],
            },
        ),
        migrations.CreateModel(
            name='Enclosure',
            fields=[
                ('id', models.UUIDField(default=halka.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('ours', models.BooleanField()),
                ('by_name', models.CharField(blank=True, max_length=150)),
                ('title', halka.common.sealing.fields.SealedTextField(max_length=200, verbose_name='title')),
                ('content_type', models.CharField(editable=False, max_length=100)),
                ('size', models.PositiveIntegerField(editable=False, verbose_name='size')),
                ('audience', models.CharField(choices=[('team', 'Everybody on the team'), ('professionals', 'Professionals, not volunteers and partners'), ('profession', 'Only my own profession'), ('author', 'Only me')], default='team', max_length=13, verbose_name='who reads it')),
                ('file', models.CharField(blank=True, editable=False, max_length=200)),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='sent')),
                ('taken_back_at', models.DateTimeField(null=True, verbose_name='taken back')),
                ('by', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organisations.colleague', verbose_name='by')),
                ('consent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='enclosures', to='caseloads.consent', verbose_name='consent')),
                ('document', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='enclosures', to='caseloads.document', verbose_name='document')),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='enclosures', to='referrals.referral')),
            ],
            options={
                'verbose_name': 'document of a referral',
                'verbose_name_plural': 'documents of a referral',
                'ordering': ['at', 'id'],
                'base_manager_name': 'objects',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('consent', None), ('ours', False)), models.Q(('consent__isnull', False), ('file', ''), ('ours', True)), _connector='OR'), name='enclosure_covered', violation_error_message='A document is sent under a consent that covers it.')],
            },
        ),
    ]
