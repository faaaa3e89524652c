"""What people send to the reading pages, checked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, gettext_noop

from apps.articles.models import ROLE_CHOICES, Article, Story
from apps.articles.text.types import Role
from apps.claims.actions.decisions import EvidenceDraft
from apps.claims.analysis.naming import shorten
from apps.claims.models import (
    Alignment,
    AlignmentDecision,
    Claim,
    ClaimGroup,
    Evidence,
    FindingDecision,
    ReaderSettings,
)
from config.numbers import read_number

VERDICTS = (
    gettext_noop("supported"),
    gettext_noop("disputed"),
    gettext_noop("contradicted by evidence"),
    gettext_noop("missing context"),
    gettext_noop("unverifiable"),
)

REOPEN = "reopen"


class DecisionForm(forms.Form):
    """Confirm a finding, dismiss it with a reason, or open it again."""

    value = forms.ChoiceField(
        choices=[*FindingDecision.Value.choices, (REOPEN, gettext_lazy("open again"))]
    )
    reason = forms.TypedChoiceField(
        choices=FindingDecision.Reason.choices, coerce=int, empty_value=None, required=False
    )
    note = forms.CharField(max_length=2000, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("value") == FindingDecision.Value.DISMISS and cleaned.get("reason") is None:
            self.add_error(
                "reason",
                gettext("Say why the finding is dismissed: choose one of the seven reasons."),
            )
        return cleaned


# A row or a reading by its number, with the stamp of the row as it was seen.
_NUMBER = r"[0-9]{1,12}"
_STAMPED = rf"^{_NUMBER}(?:\.[0-9a-f]{{8,16}})?$"

GONE = gettext_lazy("This passage is no longer there: reload the page.")


class AlignmentForm(forms.Form):
    """Say whether a reading belongs in its row.

    *accept* or *refuse* holds its claim's number, with the stamp of its row: one form serves
    all readings of a page. After validation *chosen* is that claim, *value* what was decided,
    *other* the claim it was lined up with and *seen* its row as the person saw it: what is
    accepted is that the two are one, what is refused is that it belongs with anything there.
    """

    accept = forms.RegexField(_STAMPED, required=False)
    refuse = forms.RegexField(_STAMPED, required=False)

    def __init__(self, *args: Any, story: Story, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.story = story
        self.chosen: Claim | None = None
        self.other: Claim | None = None
        self.value = ""
        self.seen: dict[int, str] = {}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        number, _, stamp = (cleaned.get("accept") or cleaned.get("refuse") or "0").partition(".")
        alignment = (
            Alignment.objects.filter(claim=int(number), group__story=self.story)
            .select_related("claim__article", "linked_to__article")
            .first()
        )
        if alignment is None:
            raise forms.ValidationError(GONE)
        if stamp:
            self.seen = {alignment.group_id: stamp}
        self.chosen, self.other = alignment.claim, alignment.linked_to
        decide = AlignmentDecision.Value
        self.value = decide.ACCEPT if cleaned.get("accept") else decide.REFUSE
        if self.other is None:
            company = Claim.objects.filter(alignment__group=alignment.group_id).exclude(
                pk=alignment.claim_id
            )
            self.other = company.select_related("article").order_by("alignment__pk").first()
        if self.other is None:
            raise forms.ValidationError(gettext("This passage is alone in its row."))
        return cleaned


class RepairForm(forms.Form):
    """Put readings of a row where they belong.

    *row* and *to* are rows with their stamps, *claim* the numbers of readings. After
    validation *claims* are those to be moved: all of the row when it is merged. *source* and
    *target* are the rows, *seen* their stamps.
    """

    MOVE, OWN, MERGE, CONFIRM = "move", "own", "merge", "confirm"

    act = forms.ChoiceField(
        choices=[(name, name) for name in (MOVE, OWN, MERGE, CONFIRM)],
        error_messages={
            "required": gettext_lazy("Choose what to do."),
            "invalid_choice": gettext_lazy("Choose what to do."),
        },
    )
    row = forms.RegexField(_STAMPED, error_messages={"required": GONE, "invalid": GONE})
    to = forms.RegexField(_STAMPED, required=False)
    note = forms.CharField(max_length=2000, required=False)

    def __init__(self, *args: Any, story: Story, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.story = story
        self.source: ClaimGroup | None = None
        self.target: ClaimGroup | None = None
        self.claims: list[Claim] = []
        self.seen: dict[int, str] = {}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        act = cleaned.get("act")
        if not act or not cleaned.get("row"):
            return cleaned
        self.source = self._find(cleaned["row"], GONE)
        claims = Claim.objects.filter(alignment__group=self.source).select_related("article")
        if act in (self.MOVE, self.OWN):
            claims = claims.filter(pk__in=self._ticked())
        self.claims = list(claims.defer("article__text").order_by("alignment__position"))
        if act in (self.MOVE, self.OWN) and len(self.claims) != len(self._ticked()):
            raise forms.ValidationError(
                gettext("Not all of these passages are in this row any more: look at it again.")
            )
        if not self.claims:
            raise forms.ValidationError(gettext("Tick the passages that belong elsewhere."))
        if act in (self.MOVE, self.MERGE):
            if not cleaned.get("to"):
                raise forms.ValidationError(gettext("Choose the row they belong in."))
            self.target = self._find(
                cleaned["to"], gettext("The row you chose is gone: choose again.")
            )
        return cleaned

    def _ticked(self) -> set[int]:
        values = self.data.getlist("claim") if hasattr(self.data, "getlist") else []
        return {number for value in values if (number := read_number(value)) is not None}

    def _find(self, value: str, otherwise: str | Promise) -> ClaimGroup:
        number, _, stamp = value.partition(".")
        group = ClaimGroup.objects.filter(story=self.story, pk=int(number)).first()
        if group is None:
            raise forms.ValidationError(str(otherwise))
        if stamp:
            self.seen[group.pk] = stamp
        return group


class RemarkForm(forms.Form):
    """A remark about a finding, or why one is resolved."""

    text = forms.CharField(
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("The remark is empty.")},
    )


class GatheringForm(forms.Form):
    """Say which articles belong in a story: move some, split them off, or merge another in.

    *to* is the address part (slug) of the other story. After validation *articles* are those
    ticked and *target* is the story chosen.
    """

    MOVE, OWN, MERGE = "move", "own", "merge"

    act = forms.ChoiceField(
        choices=[(name, name) for name in (MOVE, OWN, MERGE)],
        error_messages={
            "required": gettext_lazy("Choose what to do."),
            "invalid_choice": gettext_lazy("Choose what to do."),
        },
    )
    to = forms.SlugField(max_length=200, required=False)

    def __init__(self, *args: Any, story: Story, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.story = story
        self.articles: list[Article] = []
        self.target: Story | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        act = cleaned.get("act")
        if act in (self.MOVE, self.OWN):
            values = self.data.getlist("article") if hasattr(self.data, "getlist") else []
            numbers = {number for value in values if (number := read_number(value)) is not None}
            here = Article.objects.current().filter(story=self.story, pk__in=numbers)
            self.articles = list(here.defer("text"))
            if not numbers:
                raise forms.ValidationError(gettext("Tick the articles that belong elsewhere."))
            if len(self.articles) != len(numbers):
                raise forms.ValidationError(
                    gettext(
                        "Not all of these articles are in this story any more. Nothing was moved."
                    )
                )
        if act in (self.MOVE, self.MERGE):
            self.target = Story.objects.filter(slug=cleaned.get("to") or "").first()
            if self.target is None:
                raise forms.ValidationError(gettext("Choose the other story."))
        return cleaned


class RelabelForm(forms.Form):
    """Say what part of the page some words are; an empty role takes one's word back.

    The place is *start* and *end* with a *role*, or "start-end" in *set_aside* or
    *put_back*: so one form serves all parts of a page.
    """

    start = forms.IntegerField(min_value=0, required=False)
    end = forms.IntegerField(min_value=1, required=False)
    role = forms.ChoiceField(
        choices=[("", gettext_lazy("as read by the machine")), *ROLE_CHOICES], required=False
    )
    set_aside = forms.RegexField(r"^[0-9]{1,9}-[0-9]{1,9}$", required=False)
    put_back = forms.RegexField(r"^[0-9]{1,9}-[0-9]{1,9}$", required=False)

    def __init__(self, *args: Any, article: Article, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.article = article

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name, role in (("set_aside", Role.BOILERPLATE), ("put_back", Role.BODY)):
            if cleaned.get(name):
                start, _, end = cleaned[name].partition("-")
                cleaned |= {"start": int(start), "end": int(end), "role": role.value}
        start, end = cleaned.get("start"), cleaned.get("end")
        if start is None or end is None or not start < end <= len(self.article.text):
            raise forms.ValidationError(
                gettext("That part of the article is not there: reload the page.")
            )
        return cleaned


class AnnotationForm(forms.Form):
    """A note on words of an article.

    *start* and *end* say where to look, in characters of the text: with a script the place
    of the selected words, without one that of a paragraph. *words* say which words there.
    """

    start = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
    end = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)
    words = forms.CharField(
        strip=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Which words is the note on?")},
    )
    note = forms.CharField(
        max_length=5000,
        # The words are there already where a note is begun beside them: writing begins here.
        widget=forms.Textarea(attrs={"rows": 3, "data-first": True}),
        error_messages={"required": gettext_lazy("The note is empty.")},
    )

    def __init__(self, *args: Any, article: Article, **kwargs: Any) -> None:
        kwargs["auto_id"] = "note_%s"
        super().__init__(*args, **kwargs)
        self.article = article

    def clean(self) -> dict[str, Any]:
        """Find the words; browsers send line breaks as CRLF whatever the text has."""
        cleaned = super().clean() or {}
        words = (cleaned.get("words") or "").replace("\r\n", "\n").strip()
        if not words:
            return cleaned
        place = self._find(words, cleaned.get("start") or 0, cleaned.get("end") or None)
        if place is None:
            self.add_error(
                "words",
                gettext(
                    "These words are not there exactly so, or more than once. Copy them from the text."
                ),
            )
        else:
            cleaned["start"], cleaned["end"] = place
        return cleaned

    def _find(self, words: str, low: int, high: int | None) -> tuple[int, int] | None:
        """Return where *words* stand in the place given, else in the whole text; once only."""
        text = self.article.text
        if text[low:high].split() == words.split():
            # The place itself: what a browser did to its white space doesn't matter.
            words = text[low:high].strip()
        for start, end in ((low, high), (0, None)):
            found = text.find(words, start, end)
            if found >= 0:
                again = text.find(words, found + 1, end)
                return (found, found + len(words)) if again < 0 else None
        return None


def _named(words: str, outlets: Iterable[str]) -> str:
    """Return the words of a claim with those who say them."""
    names = ", ".join(dict.fromkeys(outlets))
    return f"{names}: “{shorten(words)}”" if names else f"“{shorten(words)}”"


class VerdictForm(forms.Form):
    """A verdict with one piece of evidence: where it can be read, and its words.

    It judges the words of one of the claims compared, or the finding as a whole.
    """

    value = forms.ChoiceField(label=gettext_lazy("Verdict on the claim"))
    note = forms.CharField(
        label=gettext_lazy("Why"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    url = forms.URLField(
        label=gettext_lazy("Address of the evidence"),
        required=False,
        max_length=2000,
        assume_scheme="https",
        help_text=gettext_lazy("Or name a document below."),
    )
    document = forms.CharField(label=gettext_lazy("Document"), required=False, max_length=500)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=[
            ("primary", gettext_lazy("primary: the record itself")),
            ("secondary", gettext_lazy("secondary: about it")),
        ],
    )
    excerpt = forms.CharField(
        label=gettext_lazy("The words you rely on"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": gettext_lazy("Quote the words of the evidence: no verdict without them.")
        },
    )
    retrieved_on = forms.DateField(
        label=gettext_lazy("Retrieved on"), widget=forms.DateInput(attrs={"type": "date"})
    )

    is_blind = forms.BooleanField(
        label=gettext_lazy("To be read blind"),
        required=False,
        help_text=gettext_lazy(
            "Nobody else sees it before somebody has given a verdict of their own on this finding."
        ),
    )

    def __init__(
        self,
        *args: Any,
        said: Iterable[tuple[str, str]] = (),
        judged: str | None = None,
        **kwargs: Any,
    ) -> None:
        """*said* are the outlets with the words of the claims the finding compares, *judged*
        the words somebody has given a verdict on already: then there is nothing to choose."""
        kwargs.setdefault("initial", {"retrieved_on": timezone.localdate().isoformat()})
        kwargs["auto_id"] = "verdict_%s"
        super().__init__(*args, **kwargs)
        verdicts = getattr(settings, "VERDICTS", VERDICTS)
        self.fields["value"] = forms.ChoiceField(
            label=gettext_lazy("Verdict on the claim"),
            # Nothing is chosen beforehand: a verdict is nobody's oversight.
            choices=[("", gettext("Choose one")), *((value, gettext(value)) for value in verdicts)],
            error_messages={"required": gettext("Choose a verdict.")},
        )
        lines: dict[str, list[str]] = {}
        for outlet, words in said:
            lines.setdefault(words, []).append(outlet)
        whole = [("", gettext("The finding as a whole"))]
        if judged is not None:
            whole = [] if judged else whole
            lines = {judged: lines.get(judged, [])} if judged else {}
        self.fields["words"] = forms.ChoiceField(
            label=gettext_lazy("What is judged"),
            choices=[*whole, *((line, _named(line, outlets)) for line, outlets in lines.items())],
            required=False,
        )
        self.order_fields(["words", "value"])

    def clean_retrieved_on(self) -> date:
        retrieved_on: date = self.cleaned_data["retrieved_on"]
        if retrieved_on > timezone.localdate():
            raise forms.ValidationError(gettext("This day is still to come."))
        return retrieved_on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("url") and not cleaned.get("document") and "url" not in self.errors:
            self.add_error("url", gettext("Say where the evidence is: an address or a document."))
        return cleaned

    def evidence(self) -> EvidenceDraft:
        """Return the evidence of a valid form."""
        data = self.cleaned_data
        return EvidenceDraft(
            kind=Evidence.Kind(data["kind"]).value,
            excerpt=data["excerpt"],
            retrieved_on=data["retrieved_on"],
            url=data["url"],
            document=data["document"],
        )


class ReaderSettingsForm(forms.Form):
    """How a person wants their pages. What is not sent stays as it is."""

    language = forms.ChoiceField(choices=[("", ""), *settings.LANGUAGES], required=False)
    appearance = forms.ChoiceField(choices=ReaderSettings.Appearance.choices, required=False)
    shortcuts = forms.ChoiceField(choices=[("on", "on"), ("off", "off")], required=False)

    def changes(self) -> dict[str, Any]:
        """Return what a valid form changes, by the names of the model's fields."""
        sent = {name: value for name, value in self.cleaned_data.items() if name in self.data}
        if "shortcuts" in sent:
            sent["shortcuts"] = sent["shortcuts"] == "on"
        return sent
