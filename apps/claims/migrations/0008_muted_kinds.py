import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0005_history_is_not_emptied"),
        ("claims", "0007_finding_needs_person"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MutedKind",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.TextField()),
                ("muted_at", models.DateTimeField(auto_now=True)),
                (
                    "muted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="muted_kinds",
                        to="articles.story",
                    ),
                ),
            ],
            options={
                "ordering": ["story", "kind"],
                "permissions": [("mute_everywhere", "Can mute a kind of finding in all stories")],
            },
        ),
        migrations.CreateModel(
            name="MutedKindEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("kind", models.TextField()),
                ("muted_at", models.DateTimeField(auto_now=True)),
                (
                    "muted_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="claims.mutedkind",
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="articles.story",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="mutedkind",
            constraint=models.UniqueConstraint(
                fields=("story", "kind"), name="kind_muted_once_per_story", nulls_distinct=False
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mutedkind",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "claims_mutedkindevent" ("id", "kind", "muted_at", "muted_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "story_id") VALUES (NEW."id", NEW."kind", NEW."muted_at", NEW."muted_by_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."story_id"); RETURN NULL;',
                    hash="c34de36ba467900a544849f12d07207e44a3f315",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_fe67d",
                    table="claims_mutedkind",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mutedkind",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "claims_mutedkindevent" ("id", "kind", "muted_at", "muted_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "story_id") VALUES (NEW."id", NEW."kind", NEW."muted_at", NEW."muted_by_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."story_id"); RETURN NULL;',
                    hash="1a0b417708d30f33ad648cb38094402a146ca391",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_3ccb2",
                    table="claims_mutedkind",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mutedkind",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "claims_mutedkindevent" ("id", "kind", "muted_at", "muted_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "story_id") VALUES (OLD."id", OLD."kind", OLD."muted_at", OLD."muted_by_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."story_id"); RETURN NULL;',
                    hash="62a657135412ed9d204a491258919b5289465e7d",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_79e79",
                    table="claims_mutedkind",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mutedkindevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="e18093369de91afda57e1e1d0fbdcca504b8e3f4",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_101b4",
                    table="claims_mutedkindevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(
            "CREATE TRIGGER history_stays BEFORE TRUNCATE ON claims_mutedkindevent"
            " FOR EACH STATEMENT EXECUTE FUNCTION variorum_history_stays()",
            "DROP TRIGGER history_stays ON claims_mutedkindevent",
        ),
    ]
