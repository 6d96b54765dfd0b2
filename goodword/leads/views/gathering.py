"""How news of leads one gave should come: at once, or gathered."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from goodword.leads.forms import DigestForm
from goodword.leads.mailing import digest
from goodword.leads.views.leads import form_data
from goodword.people import whoami
from goodword.ui.answers import page, say
from goodword.ui.doors import signed_in


@signed_in("GET", "POST")
def news(request: HttpRequest) -> HttpResponse:
    """Keep when one would like to hear of the leads one gave."""
    person = whoami.me(request)
    form = DigestForm(form_data(request), initial={"rhythm": digest.rhythm_of(person) or "once"})
    if form.is_valid():
        rhythm = form.cleaned_data["rhythm"]
        digest.choose(person, "" if rhythm == "once" else rhythm)
        say(request, _("News of leads you gave comes like that from now on."))
        return redirect("settings")
    return page(request, "leads/pages/news.html", form=form, room="more")
