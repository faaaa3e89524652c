"""History is not emptied: TRUNCATE is refused on every history table."""

from __future__ import annotations

from django.db import migrations

# A TRUNCATE passes row triggers by, and history with them. Only who says so in this session
# (tests that empty the database after themselves) may.
_GUARD = """
CREATE FUNCTION variorum_history_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(current_setting('variorum.may_empty', true), '') <> 'on' THEN
        RAISE EXCEPTION 'history is append-only: % is not emptied', TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END $$;
"""


def _guard(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER history_stays BEFORE TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION variorum_history_stays()",
        f"DROP TRIGGER history_stays ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [("articles", "0004_whole_article_history")]

    operations = [
        migrations.RunSQL(_GUARD, "DROP FUNCTION variorum_history_stays()"),
        _guard("articles_articleevent"),
        _guard("articles_rolecorrectionevent"),
    ]
