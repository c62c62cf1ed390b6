from django.db import migrations, models

import halka.common.identifiers


class Migration(migrations.Migration):
    dependencies = [
        ("caseloads", "0003_rights"),
        ("organisations", "0005_audit"),
    ]

    operations = [
        migrations.CreateModel(
            name="JournalHabit",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=halka.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("team", "Everybody on the team"),
                            ("professionals", "Professionals, not volunteers and partners"),
                            ("profession", "Only my own profession"),
                            ("author", "Only me"),
                        ],
                        max_length=13,
                        verbose_name="who reads it",
                    ),
                ),
                (
                    "colleague",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="organisations.colleague",
                        verbose_name="colleague",
                    ),
                ),
            ],
            options={
                "verbose_name": "habit of writing",
                "verbose_name_plural": "habits of writing",
                "base_manager_name": "objects",
                "constraints": [models.UniqueConstraint(fields=("colleague",), name="journal_habit_once")],
            },
        ),
        migrations.AddField(
            model_name="journalentry",
            name="corrects",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                null=True,
                on_delete=models.SET_NULL,
                related_name="corrections",
                to="caseloads.journalentry",
            ),
        ),
        migrations.AddIndex(
            model_name="journalentry",
            index=models.Index(
                condition=models.Q(("kind", "small_win")),
                fields=["client", "-happened_at", "-id"],
                name="journal_wins_of_client",
            ),
        ),
        migrations.AddIndex(
            model_name="journalentry",
            index=models.Index(
                condition=models.Q(("kind", "small_win")), fields=["-happened_at", "-id"], name="journal_wins_of_all"
            ),
        ),
        migrations.AddIndex(
            model_name="journalentry",
            index=models.Index(
                condition=models.Q(("corrects__isnull", False)), fields=["corrects"], name="journal_corrections"
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(condition=models.Q(("done_at", None)), fields=["due_on"], name="task_open_by_day"),
        ),
    ]
