from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0005_history_is_not_emptied"),
        ("claims", "0006_alignment_decision_note"),
    ]

    operations = [
        migrations.AddField(
            model_name="finding",
            name="needs_person",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("needs_person", ""),
                    models.Q(("outcome", "conflict"), _negated=True),
                    _connector="OR",
                ),
                name="finding_that_needs_a_person_is_no_conflict",
            ),
        ),
    ]
