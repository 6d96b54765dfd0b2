"""The shape of a decision."""

from django import forms
from django.utils.translation import gettext_lazy as _

from goodword.gates.wording import FIRST_LEADS_WORDS, LEAD_KINDS_WORDS, WAITS_FOR
from goodword.ui.answers import Text


class DecisionForm(forms.Form):
    """Go on, not yet or let go: nothing is chosen beforehand."""

    choice = forms.ChoiceField(
        label=_("Your decision"),
        choices=[("go_on", _("Go on")), ("not_yet", _("Not yet")), ("let_go", _("Let go"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the three"), "invalid_choice": _("Choose one of the three")},
    )
    first_leads = forms.ChoiceField(
        label=_("How many first leads are you ready to give?"),
        choices=[*FIRST_LEADS_WORDS.items(), ("none", _("None yet"))],
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose one of the four")},
    )
    lead_kinds = forms.ChoiceField(
        label=_("Among whom will you look for them?"),
        choices=list(LEAD_KINDS_WORDS.items()),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose one of the five")},
    )
    waits_for = forms.ChoiceField(
        label=_("What does it wait for?"),
        choices=list(WAITS_FOR.items()),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose one of the three")},
    )
    gate = forms.CharField(max_length=10, required=False, widget=forms.HiddenInput)
    round_number = forms.IntegerField(min_value=0, max_value=30000, required=False, widget=forms.HiddenInput)


class LineForm(forms.Form):
    """A line to leave behind."""

    line = Text(
        label=_("A line to leave, if you’d like to"),
        max_length=1000,
        error_messages={"required": _("Write the line, or leave it there")},
    )
