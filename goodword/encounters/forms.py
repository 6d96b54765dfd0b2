"""Shapes of what is asked about encounters."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from goodword.encounters.rules import FURTHEST, MOST_TIMES, EncounterKind
from goodword.encounters.wording import KINDS, moment_words
from goodword.ground import moments
from goodword.relationships.forms import PastDay
from goodword.ui.answers import Day, Text, TextLine

LENGTHS = [("30", _("Half an hour")), ("60", _("An hour")), ("90", _("An hour and a half")), ("120", _("Two hours"))]
HOURS = [dt.time(9, 30), dt.time(12, 30), dt.time(16)]


class FutureDay(Day):
    """A day that is still to come, or today wherever its writer is; within the two years that are planned."""

    back, ahead = dt.timedelta(days=2), FURTHEST
    too_early = _("Choose a day that is still to come")
    too_late = _("Choose a day within the next two years")

    def __init__(self, **options: Any) -> None:
        wrong = {"invalid": _("Write the day like 22/5/2027"), "required": _("Choose a day")}
        super().__init__(**{"error_messages": wrong, **options})


class Time(forms.TimeField):
    """A time of day: 9:00, 9.30, 14:00."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TimeInput(format="%H:%M", attrs={"class": "short", "inputmode": "text", "autocomplete": "off"})
        wrong = {"invalid": _("Write the time like 9:30"), "required": _("Say when it starts")}
        super().__init__(
            **{"widget": widget, "error_messages": wrong, "input_formats": ["%H:%M", "%H.%M", "%H"], **options}
        )


def moment_of(day: dt.date, time: dt.time, zone: str) -> dt.datetime:
    """Return day and time in a zone as UTC.

    Raises ValidationError for an hour the clocks skip, the past, and years ahead.
    """
    if not timezone.localdate() - dt.timedelta(days=2) <= day <= timezone.localdate() + FURTHEST:
        too_late = day > timezone.localdate()
        raise forms.ValidationError(
            _("Choose a day within the next two years") if too_late else _("Choose a day that is still to come")
        )
    local = dt.datetime.combine(day, time, tzinfo=moments.zone(zone))
    utc = local.astimezone(dt.UTC)
    if utc.astimezone(moments.zone(zone)).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise forms.ValidationError(_("The clocks go forward then, and skip that hour. Choose another"))
    if utc <= moments.now():
        raise forms.ValidationError(_("Choose a day that is still to come"))
    return utc


def kind_field(**options: Any) -> forms.ChoiceField:
    """Return the choice of kinds."""
    wrong = {"required": _("Choose what kind it is"), "invalid_choice": _("Choose one of these")}
    return forms.ChoiceField(
        choices=[(k.value, said) for k, said in KINDS.items()],
        widget=forms.RadioSelect,
        error_messages=wrong,
        **options,
    )


class InZone(forms.Form):
    """A form whose times are in its writer's zone."""

    def __init__(self, *args: Any, zone: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.zone = zone


class ShapeForm(InZone):
    """Kind, length and place."""

    needs_place = True

    kind = kind_field(label=_("What kind of encounter?"), initial=EncounterKind.MEETING.value)
    minutes = forms.TypedChoiceField(
        label=_("How long?"),
        coerce=int,
        initial="60",
        choices=LENGTHS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how long"), "invalid_choice": _("Choose one of these")},
    )
    place = TextLine(
        label=_("Where?"), required=False, widget=forms.TextInput(attrs={"autocomplete": "street-address"})
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a place where people go somewhere."""
        said: dict[str, Any] = super().clean() or {}
        wanted = self.needs_place and "kind" in said and EncounterKind(said["kind"]).has_place
        if wanted and not said.get("place") and "place" not in self.errors:
            self.add_error("place", _("Say where you’ll meet, or choose telephone"))
        return said

    def shape(self) -> dict[str, Any]:
        """Return kind, minutes and place as the actions take them."""
        said = self.cleaned_data
        return {"kind": EncounterKind(said["kind"]), "minutes": said["minutes"], "place": said["place"]}


class PlanForm(ShapeForm):
    """A plan: what, when, how long, where; and what would make it good, for our side."""

    day = FutureDay(label=_("Day"))
    time = Time(label=_("Starting at"))
    hope = Text(label=_("What would make it a good hour for you?"), required=False)
    field_order = ["kind", "day", "time", "minutes", "place", "hope"]

    def clean(self) -> dict[str, Any]:
        """Put day and time together in the planner's zone."""
        said = super().clean()
        if "day" in said and "time" in said:
            try:
                said["planned_at"] = moment_of(said["day"], said["time"], self.zone)
            except forms.ValidationError as wrong:
                self.add_error("day", wrong)
        return said


class PastEncounterForm(forms.Form):
    """An encounter that took place: a day and a place (M9). The rest is there if wanted."""

    happened_on = PastDay(
        label=_("When was it?"),
        error_messages={"required": _("Choose the day"), "invalid": _("Write the day like 22/5/2026")},
    )
    place = TextLine(label=_("Where, or how?"), required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    kind = kind_field(label=_("What kind was it?"), initial=EncounterKind.MEETING.value)
    who = TextLine(label=_("Who was there?"), required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    counts_now = forms.BooleanField(
        label=_("It belongs to the step you are in now, even if it was before"), required=False
    )

    def values(self) -> dict[str, Any]:
        """Return it as the actions take it."""
        return {**self.cleaned_data, "kind": EncounterKind(self.cleaned_data["kind"])}


class TablingForm(forms.Form):
    """Exactly what goes on the table from the time before the other joined."""

    happened_on = PastDay(
        label=_("Day"), error_messages={"required": _("Choose the day"), "invalid": _("Write the day like 22/5/2026")}
    )
    place = TextLine(label=_("Where?"), required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    kind = kind_field(label=_("Kind"), initial=EncounterKind.MEETING.value)
    text = Text(label=_("What was agreed"), required=False)


def _future_moment(text: str) -> dt.datetime | None:
    """Return the moment a tick stands for, if it is one and is still to come."""
    try:
        moment = dt.datetime.fromisoformat(text).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        return None
    return moment if moments.now() < moment < moments.now() + FURTHEST else None


def proposed_time(text: str) -> dt.datetime | None:
    """Return the time a link to the plan carries, as a calendar writes it, if it is still to come."""
    return _future_moment(text) if text.endswith("Z") else None


class TimesForm(InZone):
    """Up to five times: ticked among suggestions, or written."""

    starts = forms.MultipleChoiceField(
        label=_("Which times suit you?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose among these times"), "invalid_list": _("Choose among these times")},
    )
    day = FutureDay(label=_("Another day"), required=False)
    time = Time(label=_("Starting at"), required=False)

    def __init__(self, *args: Any, suggested: list[dt.datetime], **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["starts"]
        # A page may have been open overnight: what was ticked on it stays a choice.
        data: Any = self.data
        ticked = (
            [moment for one in data.getlist("starts")[:50] if (moment := _future_moment(one))] if self.is_bound else []
        )
        field.choices = [
            (start.isoformat(timespec="minutes"), moment_words(start, self.zone))
            for start in sorted({*suggested, *ticked})
        ]

    def clean(self) -> dict[str, Any]:
        """Gather the times; between one and five."""
        said: dict[str, Any] = super().clean() or {}
        starts = [dt.datetime.fromisoformat(one).astimezone(dt.UTC) for one in said.get("starts", [])]
        if said.get("day") and said.get("time"):
            try:
                starts.append(moment_of(said["day"], said["time"], self.zone))
            except forms.ValidationError as wrong:
                self.add_error("day", wrong)
        elif said.get("day") and "time" not in self.errors:
            self.add_error("time", _("Say when it starts"))
        if not self.errors and not 1 <= len(set(starts)) <= MOST_TIMES:
            self.add_error("starts", _("Choose between one and five times"))
        return {**said, "moments": sorted(set(starts))}


class OfferForm(TimesForm, ShapeForm):
    """Times for a new encounter, with what it will be. The place can follow when the time is found."""

    needs_place = False
    field_order = ["starts", "day", "time", "kind", "minutes", "place"]


class ItemForm(forms.Form):
    """One item of an agenda."""

    text = TextLine(
        label=_("What will it be about?"), max_length=300, error_messages={"required": _("Say what it is about")}
    )
    minutes = forms.IntegerField(
        label=_("Minutes"),
        min_value=1,
        max_value=120,
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric"}),
        error_messages={
            "required": _("Give it some minutes"),
            "invalid": _("Write the minutes as a number"),
            "min_value": _("Give it a minute at least"),
            "max_value": _("Two hours are enough for one thing"),
        },
    )


class NewItemForm(ItemForm):
    """An item to add, and whose it is."""

    half = forms.ChoiceField(
        label=_("Whose is it?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whose it is"), "invalid_choice": _("Choose one of these")},
    )
    field_order = ["text", "half", "minutes"]

    def __init__(self, *args: Any, seat: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["half"]
        field.choices = [
            (seat.role.value, _now("Yours")),
            (seat.role.other.value, _now("%(name)s’s") % {"name": seat.other.first_name}),
            ("both", _now("Both")),
        ]


class ConclusionForm(forms.Form):
    """What was agreed."""

    text = Text(label=_("What did you agree?"), error_messages={"required": _("Write a line or two")})
    upon = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=100_000, required=False)

    def clean_upon(self) -> int:
        """Return the version it was written upon; none is the beginning."""
        return self.cleaned_data.get("upon") or 0


class NoteForm(forms.Form):
    """A note of one's own: for oneself, unless our side is chosen."""

    text = Text(label=_("Your note"), error_messages={"required": _("Write a word or two")})
    who = forms.ChoiceField(
        label=_("Who may read it?"),
        initial="me",
        widget=forms.RadioSelect,
        required=False,
        choices=[("me", _("Only me")), ("side", _("Our side"))],
        error_messages={"invalid_choice": _("Choose one of these")},
    )


class QuickForm(forms.Form):
    """A word at the table; `once` makes a second sending harmless."""

    text = Text(label=_("A word to remember"), error_messages={"required": _("Write a word or two")})
    once = forms.RegexField(
        r"^[A-Za-z0-9_-]{16,43}$",
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid": _("Reload the page and send it again")},
    )


class RapportForm(forms.Form):
    """One line on how it felt."""

    text = Text(label=_("Did you enjoy it?"), required=False, max_length=1000)


class ThanksForm(forms.Form):
    """A line of thanks."""

    text = TextLine(
        label=_("Your line of thanks"), max_length=300, error_messages={"required": _("Write a word or two")}
    )


class PromiseForm(forms.Form):
    """Who does what by when."""

    what = TextLine(
        label=_("What will be done?"), max_length=300, error_messages={"required": _("Say what will be done")}
    )
    role = forms.ChoiceField(
        label=_("By whom?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say who does it"), "invalid_choice": _("Choose one of these")},
    )
    due_on = FutureDay(label=_("By when?"), required=False)

    def __init__(self, *args: Any, seat: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["role"]
        field.choices = [(seat.role.value, _now("You")), (seat.role.other.value, seat.other.first_name)]


def suggested_times(now: dt.datetime, zone: str) -> list[dt.datetime]:
    """Return times to choose among: three a day on the next five working days from the day after tomorrow, as UTC."""
    day, found = now.astimezone(moments.zone(zone)).date() + dt.timedelta(days=2), list[dt.datetime]()
    while len(found) < 5 * len(HOURS):
        if day.weekday() < 5:
            found += [dt.datetime.combine(day, hour, tzinfo=moments.zone(zone)).astimezone(dt.UTC) for hour in HOURS]
        day += dt.timedelta(days=1)
    return found
