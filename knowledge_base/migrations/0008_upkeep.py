"""Who looks after a published text, and when it is read again."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('knowledge_base', '0007_published_texts'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
    ]

    operations = [
        migrations.CreateModel(
            name='Upkeep',
            fields=[
                ('page', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='upkeep', serialize=False, to='wagtailcore.page')),
                ('review_on', models.DateField(verbose_name='to be read again on')),
                ('looked_at', models.DateTimeField(verbose_name='read again last')),
                ('keeper', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who looks after it')),
            ],
            options={
                'verbose_name': 'upkeep of a text',
                'verbose_name_plural': 'upkeep of texts',
                'indexes': [models.Index(fields=['review_on'], name='upkeep_due')],
            },
        ),
    ]
