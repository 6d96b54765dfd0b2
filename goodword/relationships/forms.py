"""Shapes of what is asked when a relationship starts."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goodword.people.forms.account import offer_zones
from goodword.people.models import Person
from goodword.ui.answers import Address, Day, Text, TextLine


class PastDay(Day):
    """A day up to today, typed or picked."""

    ahead = dt.timedelta()
    too_late = _("Choose a day that has been")


class LetterForm(forms.Form):
    """The words of an invitation, and where it goes."""

    words = Text(
        label=_("Why them? Say it to them, in your own words"),
        max_length=3000,
        error_messages={"required": _("Write a sentence or two to them")},
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    email = Address(
        label=_("Their e-mail address"),
        required=False,
        help_text=_("You can leave it out and show them a code to scan instead."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    met_on = PastDay(label=_("If you have met already: when?"), required=False)
    met_where = TextLine(label=_("Where was that?"), required=False)


class StartForm(LetterForm):
    """Whom, why them, have you met already; and who asks, of somebody who has not said their name yet."""

    own_name = TextLine(
        label=_("Your own name"),
        error_messages={"required": _("Write your name")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    name = TextLine(
        label=_("Whom have you in mind?"),
        error_messages={"required": _("Write their name")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    business = TextLine(label=_("Their business"), required=False)
    town = TextLine(label=_("Town"), required=False)
    field_order = ["own_name", "name", "words", "email", "business", "town", "met_on", "met_where"]

    def __init__(self, *args: Any, nameless: bool, alone: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["words"].required = not alone
        if not nameless:
            del self.fields["own_name"]


class SeatAddressForm(forms.Form):
    """The address an invitation without one is bound to."""

    email = Address(label=_("Your e-mail address"), error_messages={"required": _("Write your e-mail address")})


class SeatForm(forms.Form):
    """Who takes a seat: their name if they have said none here, and whose clock they live by, once."""

    own_name = TextLine(
        label=_("Your name"),
        help_text=_("As the other side reads it."),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    zone = forms.ChoiceField(label=_("Times are shown as in"), required=False)

    def __init__(self, *args: Any, person: Person, called: str, **options: Any) -> None:
        super().__init__(*args, **options)
        offer_zones(self, person)
        self.fields["own_name"].initial = called
        if person.name:
            del self.fields["own_name"]


class ColleagueForm(forms.Form):
    """A colleague to sit on one's own side."""

    name = TextLine(label=_("Their name"), error_messages={"required": _("Write their name")})
    email = Address(
        label=_("Their e-mail address"),
        error_messages={"required": _("Write their e-mail address")},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
