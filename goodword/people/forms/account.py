"""Shapes of what people say about themselves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goodword.people import languages, zones
from goodword.people.models import Person
from goodword.ui.answers import Address, TextLine


class AddressForm(forms.Form):
    """An e-mail address to sign in with."""

    email = Address(label=_("Your e-mail address"), error_messages={"required": _("Write your e-mail address")})


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

    name = TextLine(
        label=_("Your name"),
        error_messages={"required": _("Write your name")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    called = TextLine(
        label=_("What do people call you?"),
        help_text=_("As in “Ada offers you times.” Left empty, it is taken from your name."),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "nickname", "class": "short"}),
    )
    business = TextLine(
        label=_("Your business"), required=False, widget=forms.TextInput(attrs={"autocomplete": "organization"})
    )
    trade = TextLine(label=_("What it does, in a word or two"), required=False)
    town = TextLine(label=_("Town"), required=False, widget=forms.TextInput(attrs={"autocomplete": "address-level2"}))
    zone = forms.ChoiceField(label=_("Whose clock do you live by?"), required=False)
    language = forms.ChoiceField(label=_("In which language?"), required=False)
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

    def __init__(self, *args: Any, person: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        offer_zones(self, person)
        language = self.fields["language"]
        assert isinstance(language, forms.ChoiceField)  # noqa: S101 - for the type checker
        language.choices = [("", _("As this device has it")), *languages.choices()]


class ZoneForm(forms.Form):
    """Whose clock a person lives by: their browser's, unless they say otherwise."""

    zone = forms.ChoiceField(label=_("Whose clock do you live by?"))

    def __init__(self, *args: Any, person: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        offer_zones(self, person)


def offer_zones(form: forms.Form, person: Person) -> None:
    """Let a form offer the short list of zones, the person's own among them, chosen."""
    field = form.fields["zone"]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
    field.choices = zones.choices(person.zone)
    field.initial = person.zone
