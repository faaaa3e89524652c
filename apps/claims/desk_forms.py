"""What people send from the Desk and the finding card about whose work it is and what holds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.utils.translation import gettext, gettext_lazy


class AssignForm(forms.Form):
    """Say whose work a finding is: an account's name, or nothing to give it back.

    After validation *person* is who is meant, None for nobody.
    """

    to = forms.CharField(max_length=150, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person: User | None = None

    def clean_to(self) -> str:
        name: str = self.cleaned_data["to"]
        if name:
            self.person = User.objects.filter(username=name, is_active=True).first()
            if self.person is None:
                raise forms.ValidationError(gettext("There is no such person: choose another."))
        return name


class AdjudicationForm(forms.Form):
    """Say which of the verdicts given holds, and why."""

    value = forms.ChoiceField(
        error_messages={
            "required": gettext_lazy("Choose one of the verdicts given."),
            "invalid_choice": gettext_lazy("Choose one of the verdicts given."),
        }
    )
    note = forms.CharField(
        max_length=5000, error_messages={"required": gettext_lazy("Say why this verdict holds.")}
    )

    def __init__(self, *args: Any, values: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].choices = [  # type: ignore[attr-defined]  # a choice field
            (value, value) for value in dict.fromkeys(values)
        ]
