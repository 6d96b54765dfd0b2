"""Shapes of what is brought to an account."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ArchiveForm(forms.Form):
    """An archive from another server."""

    file = forms.FileField(
        label=_("The archive"),
        help_text=_("The file you fetched there, as it came: it ends in .zip, and has 60 MB at most."),
        max_length=None,
        allow_empty_file=True,
        error_messages={"required": _("Choose the archive")},
    )
