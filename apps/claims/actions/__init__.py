"""Everything that writes claims, findings and what people decide: the only door to the tables.

``analysis`` rebuilds what machines think, ``decisions`` keeps what people do.
"""

from __future__ import annotations

from apps.claims.actions.analysis import analyse_article, compare_story, mark_comparison_failed
from apps.claims.actions.decisions import (
    annotate,
    comment,
    confirm_alignment,
    decide_finding,
    delete_annotation,
    forget_alignment,
    give_verdict,
    refuse_alignment,
    refuse_row,
    relabel,
    resolve_comment,
    review_verdict,
    undo_last,
    withdraw_decision,
    withdraw_label,
    withdraw_verdict,
)

__all__ = [
    "analyse_article",
    "annotate",
    "comment",
    "compare_story",
    "confirm_alignment",
    "decide_finding",
    "delete_annotation",
    "forget_alignment",
    "give_verdict",
    "mark_comparison_failed",
    "refuse_alignment",
    "refuse_row",
    "relabel",
    "resolve_comment",
    "review_verdict",
    "undo_last",
    "withdraw_decision",
    "withdraw_label",
    "withdraw_verdict",
]
