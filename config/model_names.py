"""What the administration calls models and their fields, in the reader's language.

Django makes these names from the code ("published at"). Marking them on each field would put
them into migrations, which would then speak of words instead of tables.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.apps import apps
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

OURS = ("articles", "claims")
APPS = (_("Articles"), _("Claims"))
MODELS = (
    _("alignment decision"), _("alignment decisions"), _("annotation"), _("annotations"),
    _("article"), _("articles"), _("claim"), _("claim group"), _("claim groups"), _("claims"),
    _("comment"), _("comments"), _("feed"), _("feeds"), _("finding"), _("finding decision"),
    _("finding decisions"), _("findings"), _("import batch"), _("import batches"),
    _("import item"), _("import items"), _("outlet"), _("outlets"), _("role correction"),
    _("role corrections"), _("segment"), _("segments"), _("stories"), _("story"), _("verdict"),
    _("verdicts"),
)  # fmt: skip
FIELDS = (
    _("a article"), _("a key"), _("a quote"), _("analysed at"), _("analysed times"),
    _("attribution kind"), _("author"), _("b article"), _("b key"), _("b quote"), _("batch"),
    _("by person"), _("changed at"), _("changes if"), _("compared"), _("compared at"),
    _("confidence"), _("content"), _("created at"), _("created by"), _("cue"), _("details"),
    _("duplicate of"), _("end"), _("explanation"), _("external id"), _("failure"),
    _("fetched at"), _("finding key"), _("given at"), _("group"), _("homepage"),
    _("imported at"), _("is active"), _("is blind"), _("is current"), _("is demonstration"),
    _("is implied"),
    _("is wire"), _("key"), _("kind"), _("made at"), _("made by"), _("message"),
    _("missing in"), _("name"), _("needs person"), _("note"), _("object"), _("outcome"),
    _("parent"), _("polarity"), _("position"), _("predicate"), _("prefix"), _("previous"),
    _("published at"), _("published iso"), _("published source"), _("quote"), _("reason"),
    _("resolved because"), _("resolved by"), _("result"), _("reviewed at"), _("reviewer"),
    _("role"), _("rule"), _("sentence"), _("severity"), _("slug"), _("source"),
    _("source resolved"), _("stale since"), _("start"), _("state"), _("stated published"),
    _("story is fixed"), _("story reasons"), _("subject"), _("suffix"), _("text"),
    _("text digest"), _("title"), _("title is fixed"), _("url"), _("value"), _("version"),
    _("voice"), _("words"), _("words digest"),
)  # fmt: skip


def translate_names(labels: Iterable[str] = OURS) -> None:
    """Let the names of the apps' models and fields follow the reader's language.

    Migrations look at what the code says, not at these.
    """
    for label in labels:
        config = apps.get_app_config(label)
        config.verbose_name = gettext_lazy(str(config.verbose_name))
        for model in config.get_models():
            meta = model._meta
            meta.verbose_name = gettext_lazy(str(meta.verbose_name))
            meta.verbose_name_plural = gettext_lazy(str(meta.verbose_name_plural))
            for field in (*meta.local_fields, *meta.local_many_to_many):
                field.verbose_name = gettext_lazy(str(field.verbose_name))
