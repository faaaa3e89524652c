"""Everything that writes claims, findings and what people decide: the only door to the tables.

``analysis`` rebuilds what machines think, ``indexing`` what search looks in. The others keep what people do: ``decisions`` about
findings, ``assigning`` about whose work they are, ``adjudicating`` between verdicts, ``reading_verdicts`` back from elsewhere, ``muting`` about kinds of them, ``rows`` about what is lined up, ``gathering`` about stories, ``searches`` what they look for, ``visits`` what they saw, ``reader_settings`` how they want their pages; ``undo`` takes it back.
"""

from __future__ import annotations

from apps.claims.actions.adjudicating import adjudicate, withdraw_adjudication
from apps.claims.actions.analysis import analyse_article, compare_story, mark_comparison_failed
from apps.claims.actions.assigning import assign_finding, give_back_finding
from apps.claims.actions.colleagues import (
    add_colleague,
    change_role,
    renew_password,
    set_active,
)
from apps.claims.actions.decisions import (
    annotate,
    answer_note,
    comment,
    decide_finding,
    delete_annotation,
    give_verdict,
    relabel,
    resolve_comment,
    resolve_note,
    review_verdict,
    withdraw_decision,
    withdraw_label,
    withdraw_verdict,
)
from apps.claims.actions.gathering import join_stories, move_articles
from apps.claims.actions.indexing import index_article, index_missing
from apps.claims.actions.muting import mute_everywhere, mute_kind, show_everywhere, unmute_kind
from apps.claims.actions.reader_settings import change_settings
from apps.claims.actions.reading_verdicts import read_verdicts
from apps.claims.actions.rows import (
    compare_again,
    confirm_alignment,
    confirm_row,
    forget_alignment,
    move_claims,
    refuse_alignment,
    refuse_row,
    withdraw_alignments,
)
from apps.claims.actions.searches import (
    delete_search,
    make_feed_key,
    restore_search,
    save_search,
)
from apps.claims.actions.undo import undo_last
from apps.claims.actions.visits import remember_visit

__all__ = [
    "add_colleague",
    "adjudicate",
    "analyse_article",
    "annotate",
    "answer_note",
    "assign_finding",
    "change_role",
    "change_settings",
    "comment",
    "compare_again",
    "compare_story",
    "confirm_alignment",
    "confirm_row",
    "decide_finding",
    "delete_annotation",
    "delete_search",
    "forget_alignment",
    "give_back_finding",
    "give_verdict",
    "index_article",
    "index_missing",
    "join_stories",
    "make_feed_key",
    "mark_comparison_failed",
    "move_articles",
    "move_claims",
    "mute_everywhere",
    "mute_kind",
    "read_verdicts",
    "refuse_alignment",
    "refuse_row",
    "relabel",
    "remember_visit",
    "renew_password",
    "resolve_comment",
    "resolve_note",
    "restore_search",
    "review_verdict",
    "save_search",
    "set_active",
    "show_everywhere",
    "undo_last",
    "unmute_kind",
    "withdraw_adjudication",
    "withdraw_alignments",
    "withdraw_decision",
    "withdraw_label",
    "withdraw_verdict",
]
