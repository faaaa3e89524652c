"""Everything that writes outlets, stories, articles and the labelled parts of their texts."""

from __future__ import annotations

from apps.articles.actions.demonstration import (
    NoDemonstration,
    remove_demonstration,
    save_demonstration,
    was_demonstration_removed,
)
from apps.articles.actions.importing import (
    describe_same,
    digest_words,
    discard_empty_batch,
    import_article,
    import_batch,
    import_item,
    open_batch,
)
from apps.articles.actions.outlets import find_outlet
from apps.articles.actions.publication import format_published, moment_of
from apps.articles.actions.reading import (
    find_corrections,
    relabel_segment,
    replace_reading,
    undo_relabel,
)
from apps.articles.actions.states import (
    defer_analysis,
    defer_comparison,
    mark_failed,
    retry_article,
    set_state,
)
from apps.articles.actions.stories import (
    assign_story,
    create_story,
    is_demonstration,
    merge_stories,
    move_to_story,
    name_story,
    split_story,
)
from apps.articles.actions.uploads import (
    UPLOAD_LIFETIME,
    confirm_upload,
    discard_upload,
    open_upload,
)

__all__ = [
    "UPLOAD_LIFETIME",
    "NoDemonstration",
    "assign_story",
    "confirm_upload",
    "create_story",
    "defer_analysis",
    "defer_comparison",
    "describe_same",
    "digest_words",
    "discard_empty_batch",
    "discard_upload",
    "find_corrections",
    "find_outlet",
    "format_published",
    "import_article",
    "import_batch",
    "import_item",
    "is_demonstration",
    "mark_failed",
    "merge_stories",
    "moment_of",
    "move_to_story",
    "name_story",
    "open_batch",
    "open_upload",
    "relabel_segment",
    "remove_demonstration",
    "replace_reading",
    "retry_article",
    "save_demonstration",
    "set_state",
    "split_story",
    "undo_relabel",
    "was_demonstration_removed",
]
