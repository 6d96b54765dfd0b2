"""The number with which a phone is put on the table and picked up again."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PinForm(forms.Form):
    """Four to eight digits, never filled in by the browser."""

    pin = forms.RegexField(
        r"^[0-9]{4,8}$",
        label=_("A number of four to eight digits"),
        error_messages={"required": _("Write four to eight digits"), "invalid": _("Write four to eight digits")},
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "short"}),
    )
