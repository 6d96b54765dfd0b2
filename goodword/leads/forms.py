"""Shapes of what is asked about leads."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goodword.ground import cards
from goodword.ground.cards import Card
from goodword.leads import currencies, rules, wording
from goodword.playbook.shelf import playbook
from goodword.relationships.forms import PastDay
from goodword.relationships.models import Seat
from goodword.ui.answers import Text, TextLine

AMOUNT_WRONG = ("required", "invalid", "max_digits", "max_decimal_places", "max_whole_digits", "min_value")
QUIET = {"autocomplete": "off"}


def choice(label: str, options: list[tuple[str, str]], missing: str = "", **more: Any) -> forms.ChoiceField:
    """Return a field of one answer out of several, with its own sentences for none and for one that isn't there."""
    wrong = {"required": missing or _("Choose one of these"), "invalid_choice": _("Choose one of these")}
    return forms.ChoiceField(label=label, choices=options, error_messages=wrong, **more)


def asked(label: str | Promise, missing: str | Promise, most: int) -> Text:
    """Return a box that has to be written in, with its own sentence where it was not."""
    return Text(label=label, max_length=most, error_messages={"required": missing})


# One answer out of a few, each a tap and none of them chosen; whoever asks says what is missing.
tapped = partial(choice, required=False, widget=forms.RadioSelect)


class AgreementForm(forms.Form):
    """Who it is, and what they agreed to: when, how, for what. Nothing is chosen beforehand: what nobody said is not stated."""

    name = TextLine(
        label=gettext_lazy("Who is it?"),
        error_messages={"required": gettext_lazy("Write their name")},
        widget=forms.TextInput(attrs=QUIET),
    )
    reach = TextLine(
        label=gettext_lazy("How can they be reached?"), required=False, widget=forms.TextInput(attrs=QUIET)
    )
    agreed_on = PastDay(
        label=gettext_lazy("If earlier: on which day?"),
        required=False,
        error_messages={"invalid": gettext_lazy("Write the day like 22/5/2026")},
    )

    def __init__(self, seat: Seat, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        purposes = list(wording.purpose_words(seat.other.first_name).items())
        self.fields["when"] = tapped(_("They agreed"), list(wording.when_words().items()))
        self.fields["how"] = tapped(_("They said so"), list(wording.how_words().items()))
        self.fields["purpose"] = tapped(_("They agreed that"), purposes)

    def clean(self) -> dict[str, Any]:
        """Ask for all that an agreement says."""
        said = super().clean() or {}
        self.agreed(said)
        return said

    def agreed(self, said: dict[str, Any]) -> None:
        """Take the day as it was tapped or written, and ask for what was not said."""
        if day := wording.day_meant(said.get("when") or ""):
            said["agreed_on"] = day
            self.errors.pop("agreed_on", None)
        elif not said.get("agreed_on") and "agreed_on" not in self.errors:
            where = "agreed_on" if said.get("when") else "when"
            self.add_error(where, _("Say on which day they agreed"))
        for name, missing in (("how", _("Say how they said so")), ("purpose", _("Say what they agreed to"))):
            if not said.get(name) and name not in self.errors:
                self.add_error(name, missing)


class GiveForm(AgreementForm):
    """Who, how to reach them, why they fit, have they agreed. The rest is asked only after a yes."""

    why = asked(gettext_lazy("Why do they fit?"), gettext_lazy("Say in a sentence why they fit"), 3000)
    idea = forms.CharField(required=False, widget=forms.HiddenInput, max_length=22)

    def __init__(self, seat: Seat, origins: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(seat, *args, **kwargs)
        name = seat.other.first_name
        routes = [(route, wording.route_words(route, name)[0]) for route in rules.ROUTES]
        self.fields["route"] = choice(
            _("How do they meet?"), routes, _("Say how you’d like to go about it"), widget=forms.RadioSelect
        )
        warmth = [("", _("Not said")), *((each.id, _(each.title)) for each in playbook().warmth)]
        self.fields["warmth"] = choice(_("How warm is it?"), warmth, required=False)
        self.fields["origin"] = choice(
            _("Did it come out of another lead?"), [("", _("No, it’s new")), *origins], required=False
        )
        self.fields["name"].required = False

    def agreed(self, said: dict[str, Any]) -> None:
        """Ask for the name and for what was agreed only where they have agreed."""
        if said.get("route") != "now":
            for name in ("agreed_on", "when", "how", "purpose"):
                self.errors.pop(name, None)
            return
        if not said.get("name") and "name" not in self.errors:
            self.add_error("name", _("Write their name, or choose to ask them first"))
        super().agreed(said)


class SendBackForm(forms.Form):
    """Why a lead goes back, kindly."""

    line = Text(label=gettext_lazy("A line with it"), required=False, max_length=1000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons = [(each.id, _(each.label)) for each in playbook().reasons_back]
        self.fields["reason"] = choice(
            _("What stands in the way?"), reasons, _("Choose the reason that comes nearest"), widget=forms.RadioSelect
        )


class ReportForm(forms.Form):
    """What came of it: one tap, and if there is time a line, thanks, and what was learned."""

    line = Text(label=gettext_lazy("A line"), required=False, max_length=2000)
    thanks = forms.BooleanField(label=gettext_lazy("With thanks"), required=False)
    why_it_worked = Text(
        label=gettext_lazy("Why did it work, and who else is like that?"), required=False, max_length=2000
    )
    learned = Text(label=gettext_lazy("What did you learn?"), required=False, max_length=2000)
    replaces = forms.CharField(required=False, widget=forms.HiddenInput, max_length=22)

    def __init__(self, outcomes: list[tuple[str, str]], question: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"] = choice(question, outcomes, _("Choose what comes nearest"), widget=forms.RadioSelect)


class DigestForm(forms.Form):
    """How news of leads one gave should come."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rhythm"] = choice(
            _("When would you like to hear?"),
            list(wording.rhythm_words().items()),
            _("Choose when you’d like to hear"),
            widget=forms.RadioSelect,
        )


class IntroductionForm(forms.Form):
    """What an introduction says, to both of them."""

    text = asked(gettext_lazy("Your introduction"), gettext_lazy("Write the introduction first"), 5000)


class WayForm(forms.Form):
    """By whom an introduction is sent."""

    by = forms.ChoiceField(
        choices=[("ours", "ours"), ("own", "own")],
        error_messages=dict.fromkeys(["required", "invalid_choice"], gettext_lazy("Say how it is to be sent")),
    )


class LeadNoteForm(forms.Form):
    """A note of one's own."""

    text = asked(gettext_lazy("A note to yourself"), gettext_lazy("Write the note first"), 5000)


class IdeaForm(forms.Form):
    """Somebody one has in mind."""

    words = asked(
        gettext_lazy("Whom would you introduce first?"), gettext_lazy("Write down whom you have in mind"), 2000
    )


class MoneyForm(forms.Form):
    """What a lead was worth."""

    amount = forms.DecimalField(
        label=gettext_lazy("What was it worth to you?"),
        max_digits=13,
        decimal_places=3,
        min_value=0,
        localize=False,
        error_messages=dict.fromkeys(AMOUNT_WRONG, gettext_lazy("Write an amount like 1250.00")),
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "decimal", **QUIET}),
    )
    currency = forms.ChoiceField(
        label=gettext_lazy("Currency"),
        choices=[(code, code) for code in currencies.CODES],
        initial="GBP",
        error_messages=dict.fromkeys(["required", "invalid_choice"], gettext_lazy("Choose a currency")),
    )
    words = TextLine(label=gettext_lazy("A word about it"), required=False, widget=forms.TextInput(attrs=QUIET))

    def clean(self) -> dict[str, Any]:
        """Refuse more decimals than the currency has."""
        said = super().clean() or {}
        amount, code = said.get("amount"), said.get("currency")
        if amount is not None and code and not currencies.fits(amount, code):
            places = currencies.places(code)
            self.add_error(
                "amount",
                _("%(code)s has no decimals: write a whole amount") % {"code": code}
                if not places
                else _("Write at most %(places)d decimals for %(code)s") % {"code": code, "places": places},
            )
        return said


class ContactForm(forms.Form):
    """Who it is, for our side alone."""

    name = TextLine(
        label=gettext_lazy("Who is it?"),
        error_messages={"required": gettext_lazy("Write their name")},
        widget=forms.TextInput(attrs=QUIET),
    )
    reach = TextLine(
        label=gettext_lazy("How can they be reached?"), required=False, widget=forms.TextInput(attrs=QUIET)
    )


class ReachForm(forms.Form):
    """How somebody can be reached whose name is on the table."""

    reach = TextLine(error_messages={"required": gettext_lazy("Write a number or an address")})
    reach.widget.attrs |= QUIET


class FromContactForm(GiveForm):
    """A lead from a contact: shared from another app, in a file, or pasted. Whom it is for is chosen on the same page."""

    card = forms.FileField(
        label=gettext_lazy("A contact from your telephone"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".vcf,text/vcard,text/x-vcard"}),
        error_messages={"empty": gettext_lazy("There is nothing in that file")},
    )
    pasted = Text(label=gettext_lazy("Or paste it here"), required=False, max_length=5000)

    def __init__(self, seats: Sequence[Seat], *args: Any, **kwargs: Any) -> None:
        super().__init__(seats[0], [], *args, **kwargs)
        self.found: list[Card] = []
        self.fields["to"] = choice(
            _("For whom?"),
            [(seat.key, seat.other.first_name) for seat in seats],
            _("Choose for whom"),
            widget=forms.RadioSelect,
        )
        whoever = _("Your partner")
        # Both are carried on from the form for one partner; what isn't a thing of whoever is chosen is left out as it is given.
        self.fields["origin"] = forms.CharField(required=False, widget=forms.HiddenInput, max_length=22)
        self.fields["warmth"].widget = forms.HiddenInput()
        self.fields["route"].choices = [(route, wording.route_words(route, whoever)[0]) for route in rules.ROUTES]  # type: ignore[attr-defined]
        self.fields["purpose"].choices = list(wording.purpose_words(_("your partner")).items())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Take name and ways to reach out of the file or the pasted words; what was written of them stays as it was written."""
        said = self.cleaned_data
        if said.get("card") or said.get("pasted"):
            self.found = self._read(said)
            if len(self.found) == 1:
                said |= self.whom()
        if not said.get("name") and not self.found and not {"card", "pasted"} & set(self.errors):
            self.add_error("card", _("Choose a contact file first, or paste who it is"))
        return super().clean()

    def whom(self) -> dict[str, str]:
        """Return name and ways to reach of the one contact that was read, each as it was written on the form if it was."""
        said, (card,) = self.cleaned_data, self.found
        return {"name": said.get("name") or card.name, "reach": said.get("reach") or card.reach}

    def _read(self, said: dict[str, Any]) -> list[Card]:
        try:
            return (
                cards.read(said["card"].read(cards.LARGEST + 1))
                if said.get("card")
                else cards.contacts_in(f"{said['pasted']}\n{said.get('name', '')}")
            )
        except cards.NotACard as wrong:
            many = _("That file holds very many contacts. Share only the one you mean, or fifty at most.")
            nothing = _(
                "There is no contact in that that we can read. Share one from your telephone, or write the name."
            )
            self.add_error("card" if said.get("card") else "pasted", many if str(wrong) == "many" else nothing)
            return []
