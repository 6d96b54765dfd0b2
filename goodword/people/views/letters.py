"""Which letters come: a switch for each kind, and the way back for what was stopped from a letter."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from goodword.people import whoami
from goodword.post import outbox
from goodword.post.wording import ALL, GROUPS
from goodword.ui.answers import page, say
from goodword.ui.doors import signed_in


@signed_in("GET", "POST")
def which_letters(request: HttpRequest) -> HttpResponse:
    """Keep which letters come to one's address. What is ticked comes."""
    address = whoami.me(request).email
    stopped = outbox.stopped_kinds(address)
    if request.method == "POST" and "keep" in request.POST:  # an empty form is no wish to hear nothing
        choose(address, stopped, set(request.POST.getlist("comes")))
        say(request, _("Your choice is kept."))
        return redirect("which-letters")
    groups = [(title, [(kind, said, kind not in stopped) for kind, said in kinds.items()]) for title, kinds in GROUPS]
    return page(request, "people/pages/letters.html", groups=groups, room="more")


def choose(address: str, stopped: set[str], comes: set[str]) -> None:
    """Stop what is not chosen, and let come again what is. Kinds that nobody knows are passed over."""
    for kind in ALL:
        if kind in comes and kind in stopped:
            outbox.allow_again(address, kind)
        elif kind not in comes and kind not in stopped:
            outbox.suppress(address, kind)
