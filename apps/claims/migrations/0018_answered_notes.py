"""Notes on words are answered, and resolved with a reason, as remarks on findings are."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.exceptions import IrreversibleError
from django.db.migrations.state import StateApps


def keep_answers(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Refuse to go back while notes have answers: these would no longer say of which note, and
    could not be brought forward again."""
    comments = apps.get_model("claims", "Comment").objects.using(schema_editor.connection.alias)
    answers = comments.filter(annotation__isnull=False).count()
    if answers:
        raise IrreversibleError(
            f"Answers to notes: {answers}. They would lose their note, for what is before this "
            "migration has no place for them. Go back to a backup instead."
        )


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0005_history_is_not_emptied"),
        ("claims", "0017_implied_decisions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="annotation",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="annotation",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="annotation",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="comment",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="comment",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="comment",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="annotation",
            name="resolved_because",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="annotation",
            name="resolved_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="annotationevent",
            name="resolved_because",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="annotationevent",
            name="resolved_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="annotation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answers",
                to="claims.annotation",
            ),
        ),
        migrations.AddField(
            model_name="commentevent",
            name="annotation",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="claims.annotation",
            ),
        ),
        migrations.AlterField(
            model_name="comment",
            name="finding_key",
            field=models.CharField(blank=True, default="", max_length=32),
        ),
        migrations.AlterField(
            model_name="commentevent",
            name="finding_key",
            field=models.CharField(blank=True, default="", max_length=32),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="annotation",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "claims_annotationevent" ("article_id", "author_id", "changed_at", "end", "id", "made_at", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prefix", "quote", "resolved_because", "resolved_by_id", "start", "suffix") VALUES (NEW."article_id", NEW."author_id", NEW."changed_at", NEW."end", NEW."id", NEW."made_at", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."prefix", NEW."quote", NEW."resolved_because", NEW."resolved_by_id", NEW."start", NEW."suffix"); RETURN NULL;',
                    hash="9ebfc01fa9e36a12ebfdf1df6af155d9273f8725",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_f9567",
                    table="claims_annotation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="annotation",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "claims_annotationevent" ("article_id", "author_id", "changed_at", "end", "id", "made_at", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prefix", "quote", "resolved_because", "resolved_by_id", "start", "suffix") VALUES (NEW."article_id", NEW."author_id", NEW."changed_at", NEW."end", NEW."id", NEW."made_at", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."prefix", NEW."quote", NEW."resolved_because", NEW."resolved_by_id", NEW."start", NEW."suffix"); RETURN NULL;',
                    hash="29141dc411664462f149ec8544e4525399478f0a",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_1ec6d",
                    table="claims_annotation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="annotation",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "claims_annotationevent" ("article_id", "author_id", "changed_at", "end", "id", "made_at", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prefix", "quote", "resolved_because", "resolved_by_id", "start", "suffix") VALUES (OLD."article_id", OLD."author_id", OLD."changed_at", OLD."end", OLD."id", OLD."made_at", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."prefix", OLD."quote", OLD."resolved_because", OLD."resolved_by_id", OLD."start", OLD."suffix"); RETURN NULL;',
                    hash="a690b81fe5af16872e4ababbb41daf28b23d8824",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_9de02",
                    table="claims_annotation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="comment",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "claims_commentevent" ("annotation_id", "author_id", "finding_key", "id", "made_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resolved_because", "resolved_by_id", "story_id", "text") VALUES (NEW."annotation_id", NEW."author_id", NEW."finding_key", NEW."id", NEW."made_at", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."resolved_because", NEW."resolved_by_id", NEW."story_id", NEW."text"); RETURN NULL;',
                    hash="ccf7a45be42ffef71e59d947c36deca0c62a94f4",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_3b7ba",
                    table="claims_comment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="comment",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "claims_commentevent" ("annotation_id", "author_id", "finding_key", "id", "made_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resolved_because", "resolved_by_id", "story_id", "text") VALUES (NEW."annotation_id", NEW."author_id", NEW."finding_key", NEW."id", NEW."made_at", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."resolved_because", NEW."resolved_by_id", NEW."story_id", NEW."text"); RETURN NULL;',
                    hash="9a5df09b1aadaea9decac9020f038ee55317d41c",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_e1935",
                    table="claims_comment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="comment",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "claims_commentevent" ("annotation_id", "author_id", "finding_key", "id", "made_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resolved_because", "resolved_by_id", "story_id", "text") VALUES (OLD."annotation_id", OLD."author_id", OLD."finding_key", OLD."id", OLD."made_at", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."resolved_because", OLD."resolved_by_id", OLD."story_id", OLD."text"); RETURN NULL;',
                    hash="8a90a34f3b1341eb8db371b2d7751cf25078874f",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_e4a2e",
                    table="claims_comment",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="annotation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("resolved_by__isnull", True),
                    models.Q(("resolved_because", ""), _negated=True),
                    _connector="OR",
                ),
                name="resolving_a_note_needs_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("annotation__isnull", False), ("finding_key", "")),
                    models.Q(
                        models.Q(("finding_key", ""), _negated=True), ("annotation__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="comment_is_on_a_finding_or_a_note",
            ),
        ),
        migrations.RunPython(migrations.RunPython.noop, keep_answers),
    ]
