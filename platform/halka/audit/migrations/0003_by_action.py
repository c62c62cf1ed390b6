from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_chain")]

    operations = [
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["action", "-at"], name="entry_of_action"),
        ),
    ]
