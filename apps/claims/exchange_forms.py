"""A file of decisions that another installation wrote, checked as far as it can be without a story."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext, gettext_lazy

from apps.articles.importers.types import format_size


class ReadBackForm(forms.Form):
    """One file. After validation *document* is what its JSON holds."""

    document = forms.FileField(
        label=gettext_lazy("File with decisions (.json)"),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("This file is empty."),
        },
        widget=forms.ClearableFileInput(attrs={"accept": ".json,application/json"}),
    )

    def clean_document(self) -> Any:
        file: UploadedFile[Any] = self.cleaned_data["document"]
        if (file.size or 0) > settings.IMPORT_UPLOAD_BYTES:
            raise forms.ValidationError(
                gettext("This file is %(size)s; at most %(most)s are read.")
                % {
                    "size": format_size(file.size or 0),
                    "most": format_size(settings.IMPORT_UPLOAD_BYTES),
                }
            )
        try:
            return json.loads(file.read().decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            # A text in another encoding is a ValueError, too.
            raise forms.ValidationError(
                gettext(
                    "This is no JSON. Choose the file that “JSON” above saves on the other"
                    " installation."
                )
            ) from error
