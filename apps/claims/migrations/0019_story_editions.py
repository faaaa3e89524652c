"""Stories get an edition, which changes whenever their rows or findings do."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0005_history_is_not_emptied"),
        ("claims", "0018_answered_notes"),
    ]

    operations = [
        migrations.CreateModel(
            name="StoryEdition",
            fields=[
                (
                    "story",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="edition",
                        serialize=False,
                        to="articles.story",
                    ),
                ),
                ("edition", models.UUIDField()),
            ],
        ),
        # Those that are there have their rows already: without one, nothing of them would be kept.
        migrations.RunSQL(
            "INSERT INTO claims_storyedition (story_id, edition)"
            " SELECT id, gen_random_uuid() FROM articles_story",
            migrations.RunSQL.noop,
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alignment",
            trigger=pgtrigger.compiler.Trigger(
                name="new_edition_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                INSERT INTO claims_storyedition (story_id, edition)\n                SELECT story_id, gen_random_uuid()\n                  FROM (SELECT DISTINCT story_id FROM (SELECT story_id FROM changed JOIN claims_claimgroup AS rows ON rows.id = group_id) AS found ORDER BY 1) AS stories\n                    ON CONFLICT (story_id) DO UPDATE SET edition = EXCLUDED.edition;\n                RETURN NULL;\n            ",
                    hash="5b80b79d19571933f75f2026a0cb344aa1a489f3",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_new_edition_insert_4f374",
                    referencing="REFERENCING NEW TABLE AS changed ",
                    table="claims_alignment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alignment",
            trigger=pgtrigger.compiler.Trigger(
                name="new_edition_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                INSERT INTO claims_storyedition (story_id, edition)\n                SELECT story_id, gen_random_uuid()\n                  FROM (SELECT DISTINCT story_id FROM (SELECT story_id FROM changed JOIN claims_claimgroup AS rows ON rows.id = group_id) AS found ORDER BY 1) AS stories\n                    ON CONFLICT (story_id) DO UPDATE SET edition = EXCLUDED.edition;\n                RETURN NULL;\n            ",
                    hash="09ffb5273572d3216c95da77ad6dcf09f4e5f489",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_new_edition_update_88d6a",
                    referencing="REFERENCING NEW TABLE AS changed ",
                    table="claims_alignment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alignment",
            trigger=pgtrigger.compiler.Trigger(
                name="new_edition_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                INSERT INTO claims_storyedition (story_id, edition)\n                SELECT story_id, gen_random_uuid()\n                  FROM (SELECT DISTINCT story_id FROM (SELECT story_id FROM changed JOIN claims_claimgroup AS rows ON rows.id = group_id) AS found ORDER BY 1) AS stories\n                    ON CONFLICT (story_id) DO UPDATE SET edition = EXCLUDED.edition;\n                RETURN NULL;\n            ",
                    hash="67cad25efd3f0371e9906a51545dc853d1c4f29d",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_new_edition_delete_368ab",
                    referencing="REFERENCING OLD TABLE AS changed ",
                    table="claims_alignment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="claimgroup",
            trigger=pgtrigger.compiler.Trigger(
                name="new_edition_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                INSERT INTO claims_storyedition (story_id, edition)\n                SELECT story_id, gen_random_uuid()\n                  FROM (SELECT DISTINCT story_id FROM (SELECT story_id FROM changed) AS found ORDER BY 1) AS stories\n                    ON CONFLICT (story_id) DO UPDATE SET edition = EXCLUDED.edition;\n                RETURN NULL;\n            ",
                    hash="c742635eab8097ec415df818b868cf296cc74c88",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_new_edition_insert_d1252",
                    referencing="REFERENCING NEW TABLE AS changed ",
                    table="claims_claimgroup",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="claimgroup",
            trigger=pgtrigger.compiler.Trigger(
                name="new_edition_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                INSERT INTO claims_storyedition (story_id, edition)\n                SELECT story_id, gen_random_uuid()\n                  FROM (SELECT DISTINCT story_id FROM (SELECT story_id FROM changed) AS found ORDER BY 1) AS stories\n                    ON CONFLICT (story_id) DO UPDATE SET edition = EXCLUDED.edition;\n                RETURN NULL;\n            ",
                    hash="6c4c92ddda618a7c7a633e674de36da6b6446654",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_new_edition_update_520f5",
                    referencing="REFERENCING NEW TABLE AS changed ",
                    table="claims_claimgroup",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="claimgroup",
            trigger=pgtrigger.compiler.Trigger(
                name="new_edition_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                INSERT INTO claims_storyedition (story_id, edition)\n                SELECT story_id, gen_random_uuid()\n                  FROM (SELECT DISTINCT story_id FROM (SELECT story_id FROM changed) AS found ORDER BY 1) AS stories\n                    ON CONFLICT (story_id) DO UPDATE SET edition = EXCLUDED.edition;\n                RETURN NULL;\n            ",
                    hash="a1fae1237b8f35f2fc3f36967bcd469477847f6f",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_new_edition_delete_f66ea",
                    referencing="REFERENCING OLD TABLE AS changed ",
                    table="claims_claimgroup",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="finding",
            trigger=pgtrigger.compiler.Trigger(
                name="new_edition_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                INSERT INTO claims_storyedition (story_id, edition)\n                SELECT story_id, gen_random_uuid()\n                  FROM (SELECT DISTINCT story_id FROM (SELECT story_id FROM changed) AS found ORDER BY 1) AS stories\n                    ON CONFLICT (story_id) DO UPDATE SET edition = EXCLUDED.edition;\n                RETURN NULL;\n            ",
                    hash="b0ae8dfc8bd189c02104128b9b4fe92d3e745872",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_new_edition_insert_dbbaf",
                    referencing="REFERENCING NEW TABLE AS changed ",
                    table="claims_finding",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="finding",
            trigger=pgtrigger.compiler.Trigger(
                name="new_edition_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                INSERT INTO claims_storyedition (story_id, edition)\n                SELECT story_id, gen_random_uuid()\n                  FROM (SELECT DISTINCT story_id FROM (SELECT story_id FROM changed) AS found ORDER BY 1) AS stories\n                    ON CONFLICT (story_id) DO UPDATE SET edition = EXCLUDED.edition;\n                RETURN NULL;\n            ",
                    hash="c82790d01386ad97b31731d76b19fbca511cf594",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_new_edition_update_2fcb8",
                    referencing="REFERENCING NEW TABLE AS changed ",
                    table="claims_finding",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="finding",
            trigger=pgtrigger.compiler.Trigger(
                name="new_edition_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                INSERT INTO claims_storyedition (story_id, edition)\n                SELECT story_id, gen_random_uuid()\n                  FROM (SELECT DISTINCT story_id FROM (SELECT story_id FROM changed) AS found ORDER BY 1) AS stories\n                    ON CONFLICT (story_id) DO UPDATE SET edition = EXCLUDED.edition;\n                RETURN NULL;\n            ",
                    hash="d80afed5238f0ffcb4498f5b70ce781bac55440c",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_new_edition_delete_01cdd",
                    referencing="REFERENCING OLD TABLE AS changed ",
                    table="claims_finding",
                    when="AFTER",
                ),
            ),
        ),
    ]
