"""Shapes of what is asked when a relationship starts."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from goodword.ui.answers import Day, Text, TextLine


class PastDay(Day):
    """A day up to today, typed or picked."""

    def clean(self, value: Any) -> dt.date | None:
        """Return the day; refuse one that is still to come."""
        day: dt.date | None = super().clean(value)
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("Choose a day that has been"))
        return day


class LetterForm(forms.Form):
    """The words of an invitation, and where it goes."""

    words = Text(
        label=_("Why them? Say it to them, in your own words"),
        max_length=3000,
        error_messages={"required": _("Write a sentence or two to them")},
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    email = forms.EmailField(
        label=_("Their e-mail address"), required=False, max_length=254,
        help_text=_("You can leave it out and show them a code to scan instead."),
        error_messages={"invalid": _("Write an e-mail address like tom@halekitchens.example")},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    met_on = PastDay(label=_("If you have met already: when?"), required=False)
    met_where = TextLine(label=_("Where was that?"), required=False)


class StartForm(LetterForm):
    """Whom, why them, have you met already; and who asks, of somebody who has not said their name yet."""

    own_name = TextLine(label=_("Your own name"), help_text=_("It stands below the letter."),
                        error_messages={"required": _("Write your name")},
                        widget=forms.TextInput(attrs={"autocomplete": "name"}))  # fmt: skip
    name = TextLine(label=_("Whom have you in mind?"), help_text=_("First name and surname"),
                    error_messages={"required": _("Write their name")}, widget=forms.TextInput(attrs={"autocomplete": "off"}))  # fmt: skip
    business = TextLine(label=_("Their business"), required=False)
    town = TextLine(label=_("Town"), required=False)
    field_order = ["own_name", "name", "words", "email", "business", "town", "met_on", "met_where"]

    def __init__(self, *args: Any, nameless: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not nameless:
            del self.fields["own_name"]


class BoundAddressForm(forms.Form):
    """The address an invitation without one is bound to."""

    email = forms.EmailField(
        label=_("Your e-mail address"), max_length=254,
        error_messages={"required": _("Write your e-mail address"), "invalid": _("Write an e-mail address like tom@halekitchens.example")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip


class ColleagueForm(forms.Form):
    """A colleague to sit on one's own side."""

    name = TextLine(label=_("Their name"), error_messages={"required": _("Write their name")})
    email = forms.EmailField(
        label=_("Their e-mail address"), max_length=254,
        error_messages={"required": _("Write their e-mail address"), "invalid": _("Write an e-mail address like tom@halekitchens.example")},
    )  # fmt: skip
