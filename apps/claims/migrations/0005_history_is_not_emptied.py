"""History is not emptied: TRUNCATE is refused on every history table (see articles 0005)."""

from __future__ import annotations

from django.db import migrations

_TABLES = ("alignmentdecision", "findingdecision", "verdict", "evidence", "annotation", "comment")


def _guard(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER history_stays BEFORE TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION variorum_history_stays()",
        f"DROP TRIGGER history_stays ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0004_spans_and_protected_work"),
        ("articles", "0005_history_is_not_emptied"),
    ]

    operations = [_guard(f"claims_{table}event") for table in _TABLES]
