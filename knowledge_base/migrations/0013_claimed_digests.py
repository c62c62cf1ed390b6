"""The weekly e-mail is claimed while it is sent, for a while."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('knowledge_base', '0012_translation'),
    ]

    operations = [
        migrations.AddField(
            model_name='digest',
            name='claimed_at',
            field=models.DateTimeField(null=True, verbose_name='being sent since'),
        ),
    ]
