"""What an admin says of a colleague's account."""

from __future__ import annotations

from django import forms
from django.contrib.auth.models import User
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils.translation import gettext as _

from apps.claims.actions.colleagues import ROLES

_LONGEST = 150


class ColleagueForm(forms.Form):
    """A new account: a name to sign in with that nobody has, a full name, a role."""

    username = forms.CharField(max_length=_LONGEST, validators=[UnicodeUsernameValidator()])
    name = forms.CharField(max_length=_LONGEST, required=False)
    role = forms.ChoiceField(choices=[(role, role) for role in ROLES])

    def clean_username(self) -> str:
        username: str = User.normalize_username(self.cleaned_data["username"])
        # Two names that differ in capitals are taken for one another.
        if User.objects.filter(username__iexact=username).exists():
            raise forms.ValidationError(_("Somebody signs in with this name already."))
        return username


class AccountForm(forms.Form):
    """What is to be done with an account: a role, or whether it may sign in."""

    act = forms.ChoiceField(choices=[(act, act) for act in ("role", "stop", "resume", "password")])
    role = forms.ChoiceField(choices=[(role, role) for role in ROLES], required=False)

    def clean(self) -> None:
        if self.cleaned_data.get("act") == "role" and not self.cleaned_data.get("role"):
            raise forms.ValidationError(_("Choose a role."))
