"""What a search counts and groups by stands beside the words it looks in; both are made again."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0005_history_is_not_emptied"),
        ("claims", "0010_search"),
    ]

    operations = [
        migrations.RunSQL("DELETE FROM claims_articlewords", migrations.RunSQL.noop),
        migrations.DeleteModel(name="ClaimWords"),
        migrations.CreateModel(
            name="ClaimWords",
            fields=[
                (
                    "claim",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="claims.claim",
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.article",
                    ),
                ),
                ("sentence_id", models.BigIntegerField()),
                ("is_whole", models.BooleanField()),
                ("is_quote", models.BooleanField()),
                ("speaker", models.TextField(blank=True, default="")),
                ("vector", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["vector"], name="claim_words")
                ],
            },
        ),
    ]
