"""Shapes of what one writes down alone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from goodword.alone.rules import Direction
from goodword.gates.rules import Choice
from goodword.ground import cards
from goodword.playbook.shelf import playbook
from goodword.profiles.forms import PictureOrPdf
from goodword.relationships.forms import PastDay
from goodword.ui.answers import Text, TextLine


class KeptRecordForm(forms.Form):
    """Something kept for both, in one's own words."""

    text = Text(error_messages={"required": _("Write a line or two first")})


class WordForm(forms.Form):
    """What both said at a gate, and on which day."""

    choice = forms.ChoiceField(
        choices=[(one.value, one.value) for one in Choice], error_messages={"required": _("Choose one of the answers.")}
    )
    gate = forms.CharField(max_length=10)
    said_on = PastDay(label=_("On which day?"), required=False)


class SlipForm(forms.Form):
    """A lead, written down: which way it goes, whom, why."""

    way = forms.ChoiceField(
        label=_("Which way does it go?"),
        choices=[(Direction.GIVEN, ""), (Direction.RECEIVED, "")],
        initial=Direction.GIVEN,
        widget=forms.RadioSelect,
    )
    whom = TextLine(label=_("Whom?"), error_messages={"required": _("Write whom it is about")})
    why = Text(label=_("Why do they fit?"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, name: str, **options: Any) -> None:
        super().__init__(*args, **options)
        given, received = _("I give it to %(name)s"), _("%(name)s gave it to me")
        choices = [(Direction.GIVEN, given % {"name": name}), (Direction.RECEIVED, received % {"name": name})]
        self.fields["way"].choices = choices  # type: ignore[attr-defined]


class TellForm(forms.Form):
    """What came of a lead."""

    outcome = forms.ChoiceField(label=_("What came of it?"), error_messages={"required": _("Choose what came of it.")})
    line = TextLine(label=_("A line to remember it by"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["outcome"].choices = [(each.id, _(each.label)) for each in playbook().outcomes]  # type: ignore[attr-defined]


class SignedPageForm(forms.Form):
    """A photo or scan of a page that both signed."""

    file = PictureOrPdf(label=_("Photo or scan"))


class SeveralForm(forms.Form):
    """Several people at once: a line each, or a contact file. Of a file only names and businesses are taken."""

    names = Text(
        label=_("Their names, one on each line"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    card = forms.FileField(
        label=_("Or contacts from your telephone"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".vcf,text/vcard,text/x-vcard"}),
        error_messages={"empty": _("There is nothing in that file")},
    )

    wanted: list[tuple[str, str]]  # name and business of each, once the form is valid

    def clean(self) -> dict[str, Any]:
        """Put the names that were typed and those of the file together."""
        said = self.cleaned_data
        self.wanted = [(line, "") for line in said.get("names", "").splitlines()]
        if said.get("card"):
            self.wanted += [
                (one.person, one.firm if one.firm != one.person else "") for one in self._read(said["card"])
            ]
        if not self.errors and not any(name.strip() for name, _business in self.wanted):
            self.add_error("names", gettext("Write a name"))
        return said

    def _read(self, file: Any) -> list[cards.Card]:
        try:
            return cards.read(file.read(cards.LARGEST + 1))
        except cards.NotACard as wrong:
            many = gettext("That file holds very many contacts. Take fifty at most.")
            nothing = gettext("There is no contact in that that we can read. Write the names instead.")
            self.add_error("card", many if str(wrong) == "many" else nothing)
            return []
