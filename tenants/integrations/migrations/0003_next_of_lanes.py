"""Deliveries are found in the order of their events, however many wait."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('integrations', '0002_answers'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='delivery',
            name='delivery_lane',
        ),
        migrations.AddField(
            model_name='delivery',
            name='number',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('state', 'waiting')), fields=['endpoint', 'number'], name='delivery_next'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('lease__isnull', False)), fields=['endpoint'], name='delivery_leased'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('number', None)), fields=['event'], name='delivery_new'),
        ),
    ]
