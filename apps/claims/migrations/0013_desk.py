"""Whose work a finding is, verdicts that are read blind, and who decides between them."""

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0005_history_is_not_emptied"),
        ("claims", "0012_story_visits"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Adjudication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("finding_key", models.CharField(max_length=32)),
                ("value", models.TextField()),
                ("note", models.TextField()),
                ("explanation", models.TextField(blank=True, default="")),
                (
                    "settled",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), size=None
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "ordering": ["story", "pk"],
            },
        ),
        migrations.CreateModel(
            name="AdjudicationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("finding_key", models.CharField(max_length=32)),
                ("value", models.TextField()),
                ("note", models.TextField()),
                ("explanation", models.TextField(blank=True, default="")),
                (
                    "settled",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), size=None
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("finding_key", models.CharField(max_length=32)),
                ("kind", models.TextField()),
                ("explanation", models.TextField(blank=True, default="")),
                ("assigned_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "ordering": ["story", "pk"],
            },
        ),
        migrations.CreateModel(
            name="AssignmentEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("finding_key", models.CharField(max_length=32)),
                ("kind", models.TextField()),
                ("explanation", models.TextField(blank=True, default="")),
                ("assigned_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="verdict",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="verdict",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="verdict",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="verdict",
            name="is_blind",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="verdict",
            name="reviewed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="verdict",
            name="words",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="verdictevent",
            name="is_blind",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="verdictevent",
            name="reviewed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="verdictevent",
            name="words",
            field=models.TextField(blank=True, default=""),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="verdict",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "claims_verdictevent" ("author_id", "explanation", "finding_key", "given_at", "id", "is_blind", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reviewed_at", "reviewer_id", "story_id", "value", "words") VALUES (NEW."author_id", NEW."explanation", NEW."finding_key", NEW."given_at", NEW."id", NEW."is_blind", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reviewed_at", NEW."reviewer_id", NEW."story_id", NEW."value", NEW."words"); RETURN NULL;',
                    hash="dda9d010b66db69c8ba04cd6d926062e10a1ee96",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_3cb73",
                    table="claims_verdict",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="verdict",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "claims_verdictevent" ("author_id", "explanation", "finding_key", "given_at", "id", "is_blind", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reviewed_at", "reviewer_id", "story_id", "value", "words") VALUES (NEW."author_id", NEW."explanation", NEW."finding_key", NEW."given_at", NEW."id", NEW."is_blind", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reviewed_at", NEW."reviewer_id", NEW."story_id", NEW."value", NEW."words"); RETURN NULL;',
                    hash="ebe1ab775639107f9edac9c79b6780a555db05eb",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_05fe6",
                    table="claims_verdict",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="verdict",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "claims_verdictevent" ("author_id", "explanation", "finding_key", "given_at", "id", "is_blind", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reviewed_at", "reviewer_id", "story_id", "value", "words") VALUES (OLD."author_id", OLD."explanation", OLD."finding_key", OLD."given_at", OLD."id", OLD."is_blind", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reviewed_at", OLD."reviewer_id", OLD."story_id", OLD."value", OLD."words"); RETURN NULL;',
                    hash="f58ab876c21b0ba2f5d43d9637c21381b70bffd1",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_83861",
                    table="claims_verdict",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="adjudication",
            name="made_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="adjudications",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="adjudication",
            name="story",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="adjudications",
                to="articles.story",
            ),
        ),
        migrations.AddField(
            model_name="adjudicationevent",
            name="made_by",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="adjudicationevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="adjudicationevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="claims.adjudication",
            ),
        ),
        migrations.AddField(
            model_name="adjudicationevent",
            name="story",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="articles.story",
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="assigned_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="assignee",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="assignments",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="story",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="assignments",
                to="articles.story",
            ),
        ),
        migrations.AddField(
            model_name="assignmentevent",
            name="assigned_by",
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
            model_name="assignmentevent",
            name="assignee",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="assignmentevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="assignmentevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="claims.assignment",
            ),
        ),
        migrations.AddField(
            model_name="assignmentevent",
            name="story",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="articles.story",
            ),
        ),
        migrations.AddConstraint(
            model_name="adjudication",
            constraint=models.UniqueConstraint(
                fields=("story", "finding_key"), name="adjudication_once_per_finding"
            ),
        ),
        migrations.AddConstraint(
            model_name="adjudication",
            constraint=models.CheckConstraint(
                condition=models.Q(("note", ""), _negated=True), name="adjudication_needs_a_reason"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="adjudication",
            trigger=pgtrigger.compiler.Trigger(
                name="adjudicator_gave_no_verdict",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    IF EXISTS (\n                        SELECT 1 FROM claims_verdict WHERE story_id = NEW.story_id\n                           AND finding_key = NEW.finding_key AND author_id = NEW.made_by_id\n                    ) THEN\n                        RAISE EXCEPTION 'whoever gave one of the verdicts does not decide between them'\n                            USING ERRCODE = 'check_violation',\n                                  CONSTRAINT = 'adjudicator_gave_no_verdict';\n                    END IF;\n                    RETURN NULL;\n                ",
                    hash="16406f38003d959ecdca44ca688d277230c9b564",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_adjudicator_gave_no_verdict_5a033",
                    table="claims_adjudication",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="adjudication",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "claims_adjudicationevent" ("explanation", "finding_key", "id", "made_at", "made_by_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "settled", "story_id", "value") VALUES (NEW."explanation", NEW."finding_key", NEW."id", NEW."made_at", NEW."made_by_id", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."settled", NEW."story_id", NEW."value"); RETURN NULL;',
                    hash="650e204b89fcfe83f69e5cf3243b513563a701e6",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_cf157",
                    table="claims_adjudication",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="adjudication",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "claims_adjudicationevent" ("explanation", "finding_key", "id", "made_at", "made_by_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "settled", "story_id", "value") VALUES (NEW."explanation", NEW."finding_key", NEW."id", NEW."made_at", NEW."made_by_id", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."settled", NEW."story_id", NEW."value"); RETURN NULL;',
                    hash="51291ad3a3f074e86f9e83f48a781f4a94ac1b88",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_d3a0c",
                    table="claims_adjudication",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="adjudication",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "claims_adjudicationevent" ("explanation", "finding_key", "id", "made_at", "made_by_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "settled", "story_id", "value") VALUES (OLD."explanation", OLD."finding_key", OLD."id", OLD."made_at", OLD."made_by_id", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."settled", OLD."story_id", OLD."value"); RETURN NULL;',
                    hash="be7f0f8f224e2a5272ea6ee1da662a24a7f7ebe9",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_09d21",
                    table="claims_adjudication",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="adjudicationevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="97d71eed586b14ab52ec005f98ce2b05dddbe7c0",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_dedcd",
                    table="claims_adjudicationevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(
                fields=("story", "finding_key"), name="finding_assigned_to_one_person"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assignment",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "claims_assignmentevent" ("assigned_at", "assigned_by_id", "assignee_id", "explanation", "finding_key", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "story_id") VALUES (NEW."assigned_at", NEW."assigned_by_id", NEW."assignee_id", NEW."explanation", NEW."finding_key", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."story_id"); RETURN NULL;',
                    hash="bc4d96dc5c1649c4dad4580ff3a23b4735b1cc34",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_f02ca",
                    table="claims_assignment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assignment",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "claims_assignmentevent" ("assigned_at", "assigned_by_id", "assignee_id", "explanation", "finding_key", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "story_id") VALUES (NEW."assigned_at", NEW."assigned_by_id", NEW."assignee_id", NEW."explanation", NEW."finding_key", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."story_id"); RETURN NULL;',
                    hash="398f1db1edcec13f835b70ceb66744fe66758135",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_dd71a",
                    table="claims_assignment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assignment",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "claims_assignmentevent" ("assigned_at", "assigned_by_id", "assignee_id", "explanation", "finding_key", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "story_id") VALUES (OLD."assigned_at", OLD."assigned_by_id", OLD."assignee_id", OLD."explanation", OLD."finding_key", OLD."id", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."story_id"); RETURN NULL;',
                    hash="8bb75b8a640ff4f9bd1bdfdf6ad714a1417d43d5",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_577f1",
                    table="claims_assignment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assignmentevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="372d0debe21153b84357f58b85b302f8075fff7f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_2870d",
                    table="claims_assignmentevent",
                    when="BEFORE",
                ),
            ),
        ),
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER history_stays BEFORE TRUNCATE ON claims_{table}event"
                " FOR EACH STATEMENT EXECUTE FUNCTION variorum_history_stays()",
                f"DROP TRIGGER history_stays ON claims_{table}event",
            )
            for table in ("assignment", "adjudication")
        ),
    ]
