"""Where referrals are announced to organisations without accounts."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0007_software'),
    ]

    operations = [
        migrations.AddField(
            model_name='organisation',
            name='contact_email',
            field=models.EmailField(blank=True, default='', help_text='Of an office, not of a person. Referrals are announced there while nobody here has an account.', max_length=254, verbose_name='contact address'),
            preserve_default=False,
        ),
    ]
