"""Which edition of a story's rows and findings the database holds. A table of ``models``, which brings it."""

from __future__ import annotations

import pgtrigger
from django.db import models

from apps.articles.models import Story


class StoryEdition(models.Model):
    """A value that is another one after every change of a story's rows, links or findings.

    Triggers write it, whoever makes the change, in the same transaction: what was worked out
    of an edition holds as long as this names it. A table of its own, so that no change waits
    for somebody who holds the story; without a constraint, because a story that is deleted
    leaves its last one behind.
    """

    story = models.OneToOneField(
        Story,
        on_delete=models.CASCADE,
        primary_key=True,
        db_constraint=False,
        related_name="edition",
    )
    edition = models.UUIDField()

    def __str__(self) -> str:
        return f"edition of story {self.story_id}"


def edition_triggers(stories: str = "SELECT story_id FROM changed") -> list[pgtrigger.Trigger]:
    """Return the triggers that give each story another edition when rows of a table change;
    *stories* selects their numbers from the rows ``changed``."""
    return [
        pgtrigger.Trigger(
            name=f"new_edition_{name}",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=pgtrigger.Referencing(**{table: "changed"}),  # type: ignore[no-untyped-call]  # pgtrigger has no types
            # In order: two who change the same stories then wait for each other in turn.
            func=f"""
                INSERT INTO claims_storyedition (story_id, edition)
                SELECT story_id, gen_random_uuid()
                  FROM (SELECT DISTINCT story_id FROM ({stories}) AS found ORDER BY 1) AS stories
                    ON CONFLICT (story_id) DO UPDATE SET edition = EXCLUDED.edition;
                RETURN NULL;
            """,  # noqa: S608 - only constants are put in
        )
        for name, operation, table in (
            ("insert", pgtrigger.Insert, "new"),
            ("update", pgtrigger.Update, "new"),
            ("delete", pgtrigger.Delete, "old"),
        )
    ]
