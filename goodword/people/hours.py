"""When letters come to a person: their quiet hours, and whether letters gather into one a day."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goodword.ground.moments import zone
from goodword.people import whoami
from goodword.people.models import Person
from goodword.people.zones import place
from goodword.post.timing import Hours
from goodword.ui.answers import page, say
from goodword.ui.doors import signed_in

FIELDS = ("quiet_from", "quiet_until", "gathered_at")


class HoursForm(forms.Form):
    """Three hours of the day, each of which may be left out."""

    gathered_at = forms.TypedChoiceField(
        label=gettext_lazy("Letters come"),
        coerce=int,
        empty_value=None,
        required=False,
    )
    quiet_from = forms.TypedChoiceField(
        label=gettext_lazy("None between"), coerce=int, empty_value=None, required=False
    )
    quiet_until = forms.TypedChoiceField(label=gettext_lazy("and"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        hours = [(hour, formats.time_format(dt.time(hour), "H:i")) for hour in range(24)]
        at_once = _("one by one, as things happen")
        gathered = [(hour, _("in one letter a day, at %(time)s") % {"time": said}) for hour, said in hours]
        for name, choices in (
            ("gathered_at", [("", at_once), *gathered]),
            ("quiet_from", [("", _("no hour")), *hours]),
            ("quiet_until", [("", _("no hour")), *hours]),
        ):
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> None:
        """Want both ends of the quiet hours, or neither."""
        given = [self.cleaned_data.get(name) is not None for name in ("quiet_from", "quiet_until")]
        if any(given) and not all(given):
            missing = "quiet_until" if given[0] else "quiet_from"
            self.add_error(missing, _("Choose the other hour too, or neither."))


def hours_of(address: str) -> Hours | None:
    """Return the hours of whoever has this address, None for somebody without a wish."""
    found = Person.objects.filter(email=address).values_list("zone", *FIELDS).first()
    if found is None or found[1:] == (None, None, None):
        return None
    return Hours(zone(found[0]), *found[1:])


@signed_in("GET", "POST")
def letter_times(request: HttpRequest) -> HttpResponse:
    """Keep when letters come: all at once or in one a day, and never in one's quiet hours."""
    me = whoami.me(request)
    kept = {name: getattr(me, name) for name in FIELDS}
    form = HoursForm(request.POST if request.method == "POST" else None, initial=kept)
    if request.method == "POST" and form.is_valid():
        Person.objects.filter(pk=me.pk).update(**form.cleaned_data)
        say(request, _("Your choice is kept."))
        return redirect("letter-times")
    return page(request, "people/pages/letter_times.html", form=form, clock=place(me.zone), room="more")
