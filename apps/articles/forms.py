"""What a person fills in to bring articles in."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext, gettext_lazy

from apps.articles.importers import Limits
from apps.articles.importers.dates import read_date
from apps.articles.importers.html import is_web_address
from apps.articles.importers.types import format_size
from apps.articles.models import Article, Story


def upload_limits() -> Limits:
    return Limits(
        file_bytes=settings.IMPORT_FILE_BYTES,
        text_characters=settings.IMPORT_TEXT_CHARACTERS,
        articles=settings.IMPORT_UPLOAD_ARTICLES,
    )


class PublishedField(forms.CharField):
    """An ISO date or date-time, empty for none."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("max_length", 40)
        kwargs.setdefault(
            "help_text",
            gettext_lazy("2025-03-15 or 2025-03-15T09:30; empty: looked for in the text."),
        )
        super().__init__(**kwargs)
        self.widget.attrs["placeholder"] = gettext_lazy("YYYY-MM-DD")

    def clean(self, value: Any) -> date | datetime | None:
        text = super().clean(value)
        if not text:
            return None
        found = read_date(text)
        if found is None:
            raise forms.ValidationError(
                gettext("Write a date like 2025-03-15 or 2025-03-15T09:30.")
            )
        return found


class WebAddressField(forms.CharField):
    """A whole http or https address, empty for none."""

    def clean(self, value: Any) -> str:
        text = str(super().clean(value) or "")
        if text and not is_web_address(text):
            raise forms.ValidationError(
                gettext("Write the whole address, beginning with https://.")
            )
        return text


class PasteForm(forms.Form):
    """One article, pasted."""

    kind = "paste"

    text = forms.CharField(
        label=gettext_lazy("Text"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Paste the article's text.")},
    )
    outlet = forms.CharField(
        label=gettext_lazy("Outlet"),
        max_length=200,
        error_messages={"required": gettext_lazy("Say who published it.")},
        widget=forms.TextInput(attrs={"list": "outlets", "autocomplete": "off"}),
    )
    title = forms.CharField(label=gettext_lazy("Title"), required=False, max_length=500)
    url = WebAddressField(
        required=False,
        max_length=2000,
        label=gettext_lazy("Address"),
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"}),
        help_text=gettext_lazy("A later text of the same address becomes a new version."),
    )
    published = PublishedField(label=gettext_lazy("Published"))


class SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """One file or more; an empty one is no error here, because the report names it."""

    widget = SeveralFilesInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("allow_empty_file", True)
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        files = data if isinstance(data, list | tuple) and data else [data or None]
        return [super(SeveralFilesField, self).clean(file, initial) for file in files]


class FilesForm(forms.Form):
    """Several files: texts, saved pages, JSON lines, and a meta.json that describes them."""

    kind = "upload"

    documents = SeveralFilesField(
        label=gettext_lazy("Texts and pages"),
        error_messages={"required": gettext_lazy("Choose at least one file.")},
        widget=SeveralFilesInput(
            attrs={"accept": ".txt,.text,.html,.htm,.xhtml,.jsonl,.ndjson,.gz,.json"}
        ),
    )

    def clean_documents(self) -> list[UploadedFile[Any]]:
        files: list[UploadedFile[Any]] = self.cleaned_data["documents"]
        total = sum(file.size or 0 for file in files)
        if total > settings.IMPORT_UPLOAD_BYTES:
            most = format_size(settings.IMPORT_UPLOAD_BYTES)
            raise forms.ValidationError(
                gettext(
                    "These files are %(total)s together; at most %(most)s are taken at once. "
                    "Bring them in in several goes."
                )
                % {"total": format_size(total), "most": most}
            )
        return files


class AddressForm(forms.Form):
    """The address of one page."""

    kind = "url"

    address = WebAddressField(
        label=gettext_lazy("Address"),
        max_length=2000,
        error_messages={"required": gettext_lazy("Write the address of the page.")},
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"}),
    )


class ItemForm(forms.Form):
    """The corrections of one line of the report."""

    keep = forms.BooleanField(required=False, initial=True, label=gettext_lazy("Bring in"))
    outlet = forms.CharField(
        label=gettext_lazy("Outlet"),
        max_length=200,
        error_messages={"required": gettext_lazy("Say who published it.")},
        widget=forms.TextInput(attrs={"list": "outlets", "autocomplete": "off"}),
    )
    title = forms.CharField(label=gettext_lazy("Title"), required=False, max_length=500)
    url = WebAddressField(required=False, max_length=2000, label=gettext_lazy("Address"))
    published = PublishedField(label=gettext_lazy("Published"), help_text="")
    # Offered where an article looks like an earlier text of this one.
    replaces = forms.ModelChoiceField(
        queryset=Article.objects.current().defer("text"), required=False, widget=forms.HiddenInput
    )

    def clean(self) -> dict[str, Any]:
        # What isn't brought in need not be right.
        if not self.cleaned_data.get("keep"):
            self.errors.clear()
        return self.cleaned_data


class MoveForm(forms.Form):
    """Where a person says that articles belong."""

    story = forms.ModelChoiceField(
        label=gettext_lazy("Story"),
        queryset=Story.objects.with_articles(),
        required=False,
        empty_label=gettext_lazy("a story of its own"),
    )
