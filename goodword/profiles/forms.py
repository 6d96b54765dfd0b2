"""Shapes of what is written in a profile."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goodword.profiles import wording
from goodword.profiles.models import OwnFile
from goodword.profiles.rules import WORDS, Profile, Proof
from goodword.ui.answers import Day, Text, TextLine

LONGEST = 2000
HINTS = {
    "does": gettext_lazy("In a sentence or two, as you would say it to a neighbour."),
    "whom": gettext_lazy("The people you are right for."),
    "why": gettext_lazy("What they say about you, rather than what you would like to hear."),
    "hopes": gettext_lazy(
        "Introductions, or something else: advice, good company, work done together, help for a cause."
    ),
    "proof": gettext_lazy("How long you have done it, what you have built, what was written about you."),
}


def _words(name: str, label: str) -> Text:
    field = Text(label=label, required=False, max_length=LONGEST, help_text=HINTS[name])
    field.error_messages["max_length"] = gettext_lazy("Two thousand letters are enough here")
    return field


class ProfileForm(forms.Form):
    """One's work in one's own words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"] = forms.ChoiceField(
            label=_("What are you here as?"),
            required=False,
            choices=[("", _("Rather not say")), *wording.kinds().items()],
        )
        for name, label in wording.labels().items():
            self.fields[name] = _words(name, label)


class StoryForm(forms.Form):
    """One story."""

    title = TextLine(label=gettext_lazy("What do you call it?"), required=False, max_length=120)
    short = Text(
        label=gettext_lazy("In three sentences"),
        required=False,
        max_length=LONGEST,
        help_text=gettext_lazy("What it was about, what you did, what became of it. No names of clients."),
    )
    long = Text(label=gettext_lazy("At length"), required=False, max_length=6000)
    notes = Text(
        label=gettext_lazy("Notes for whoever tells it"),
        required=False,
        max_length=LONGEST,
        help_text=gettext_lazy("When to tell it, what to leave out, what people usually ask."),
    )


class ProofForm(forms.Form):
    """One thing that stands behind one's work."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What kind is it?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose the nearest"),
            "invalid_choice": gettext_lazy("Choose the nearest"),
        },
    )
    what = TextLine(
        label=gettext_lazy("What is it?"),
        max_length=300,
        error_messages={"required": gettext_lazy("Say what it is")},
        help_text=gettext_lazy(
            "As the paper has it. Of somebody who may be asked, only what they are happy to have passed on."
        ),
    )
    until = Day(label=gettext_lazy("Until when does it hold?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = list(wording.proves().items())  # type: ignore[attr-defined]

    def proof(self) -> Proof:
        """Return what was typed, once the form is valid."""
        until = self.cleaned_data["until"]
        return Proof(self.cleaned_data["kind"], self.cleaned_data["what"], until.isoformat() if until else "")


class PictureOrPdf(forms.FileField):
    """A file that is going to be made clean: see `files`. An empty one gets its sentence there."""

    def __init__(self, **options: Any) -> None:
        hint = gettext_lazy("JPEG, PNG, WebP, GIF, AVIF, HEIC or PDF, up to 6 MB and 40 pages.")
        given = {"help_text": hint, "error_messages": {"required": gettext_lazy("Choose a file")}, **options}
        super().__init__(**{"max_length": None, "allow_empty_file": True, **given})


class FileForm(forms.Form):
    """A picture or PDF."""

    title = TextLine(
        label=gettext_lazy("What is it?"), max_length=120, error_messages={"required": gettext_lazy("Say what it is")}
    )
    file = PictureOrPdf(label=gettext_lazy("Picture or PDF"))


class WordingForm(forms.Form):
    """How the profile is worded for one relationship, and which stories and files go with it."""

    def __init__(self, *args: Any, profile: Profile, files: list[OwnFile], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in wording.labels().items():
            self.fields[name] = _words(name, label)
        if profile.stories:
            self.fields["stories"] = forms.TypedMultipleChoiceField(
                label=_("Stories"),
                required=False,
                coerce=int,
                widget=forms.CheckboxSelectMultiple,
                choices=[(str(at), story.title or story.short[:60]) for at, story in enumerate(profile.stories)],
            )
        if profile.proofs:
            self.fields["proofs"] = forms.TypedMultipleChoiceField(
                label=_("What stands behind it"),
                required=False,
                coerce=int,
                widget=forms.CheckboxSelectMultiple,
                choices=[(str(at), proof.what[:60]) for at, proof in enumerate(profile.proofs)],
            )
        if files:
            self.fields["papers"] = forms.MultipleChoiceField(
                label=_("Files"),
                required=False,
                widget=forms.CheckboxSelectMultiple,
                choices=[(one.key, one.title) for one in files],
            )

    def words(self) -> dict[str, str]:
        """Return the words as typed."""
        return {name: self.cleaned_data[name] for name in WORDS}
