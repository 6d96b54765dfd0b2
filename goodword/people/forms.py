"""Shapes of what people say about themselves."""

from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from goodword.ui.answers import TextLine


class AddressForm(forms.Form):
    """An e-mail address to sign in with."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        error_messages={
            "required": _("Write your e-mail address"),
            "invalid": _("Write an e-mail address like tom@halekitchens.example"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class CodeForm(forms.Form):
    """The six digits from the mail; blanks and dashes are fine."""

    code = TextLine(
        label=_("The code from the e-mail"),
        max_length=20,
        error_messages={"required": _("Write the six digits from the e-mail")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "short"}),
    )


class DetailsForm(forms.Form):
    """A person and their business, as the other sides see them."""

    name = TextLine(label=_("Your name"), error_messages={"required": _("Write your name")},
                    widget=forms.TextInput(attrs={"autocomplete": "name"}))  # fmt: skip
    business = TextLine(
        label=_("Your business"), required=False, widget=forms.TextInput(attrs={"autocomplete": "organization"})
    )
    trade = TextLine(label=_("What it does, in a word or two"), required=False)
    town = TextLine(label=_("Town"), required=False, widget=forms.TextInput(attrs={"autocomplete": "address-level2"}))
    zone = forms.ChoiceField(
        label=_("Your time zone"),
        required=False,
        choices=[
            (z, z.replace("_", " "))
            for z in sorted(available_timezones())
            if "/" in z and not z.startswith(("Etc/", "SystemV/"))
        ],
    )
    scheme = forms.ChoiceField(
        label=_("Light or dark"),
        required=False,
        choices=[("", _("As this device has it")), ("light", _("Light")), ("dark", _("Dark"))],
    )
    phone = TextLine(
        label=_("Telephone"),
        help_text=_("Shown to whoever opens a letter of yours."),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
