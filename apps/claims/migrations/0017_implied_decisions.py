"""Pairs of claims that a move holds together without anybody having judged them."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0016_speaker_words"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="alignmentdecision",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="alignmentdecision",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="alignmentdecision",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="alignmentdecision",
            name="is_implied",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="alignmentdecisionevent",
            name="is_implied",
            field=models.BooleanField(default=False),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alignmentdecision",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "claims_alignmentdecisionevent" ("a_article_id", "a_key", "a_quote", "b_article_id", "b_key", "b_quote", "id", "is_implied", "made_at", "made_by_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "story_id", "value") VALUES (NEW."a_article_id", NEW."a_key", NEW."a_quote", NEW."b_article_id", NEW."b_key", NEW."b_quote", NEW."id", NEW."is_implied", NEW."made_at", NEW."made_by_id", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."story_id", NEW."value"); RETURN NULL;',
                    hash="429efc677190343c7c7602e54d825ed19fd4b2ae",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_81951",
                    table="claims_alignmentdecision",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alignmentdecision",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "claims_alignmentdecisionevent" ("a_article_id", "a_key", "a_quote", "b_article_id", "b_key", "b_quote", "id", "is_implied", "made_at", "made_by_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "story_id", "value") VALUES (NEW."a_article_id", NEW."a_key", NEW."a_quote", NEW."b_article_id", NEW."b_key", NEW."b_quote", NEW."id", NEW."is_implied", NEW."made_at", NEW."made_by_id", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."story_id", NEW."value"); RETURN NULL;',
                    hash="e1604dc2a9014e5826d5346919dc5aa42bbf4b37",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f11b5",
                    table="claims_alignmentdecision",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alignmentdecision",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "claims_alignmentdecisionevent" ("a_article_id", "a_key", "a_quote", "b_article_id", "b_key", "b_quote", "id", "is_implied", "made_at", "made_by_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "story_id", "value") VALUES (OLD."a_article_id", OLD."a_key", OLD."a_quote", OLD."b_article_id", OLD."b_key", OLD."b_quote", OLD."id", OLD."is_implied", OLD."made_at", OLD."made_by_id", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."story_id", OLD."value"); RETURN NULL;',
                    hash="92dc6627e9fa46fca9f1d598485fb10cdac57eea",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_d8c85",
                    table="claims_alignmentdecision",
                    when="AFTER",
                ),
            ),
        ),
    ]
