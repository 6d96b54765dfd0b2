"""Pages on which photos and scans of what both signed on paper are kept."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from goodword.alone.actions import signatures
from goodword.alone.forms import SignedPageForm
from goodword.alone.models import SignedPage
from goodword.profiles import files
from goodword.profiles.views.copies import as_file
from goodword.relationships.doorway import find, seated
from goodword.relationships.models import Seat
from goodword.relationships.steps import Role
from goodword.ui.answers import page, refusals_on, say


@seated("GET", "POST")
def signed_pages(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show the pages both signed; POST keeps one more."""
    # Whoever joined later is not to learn whether it was kept alone.
    if seat.role is not Role.PROPOSER or seat.relationship.alone_since is None:
        raise Http404
    form = SignedPageForm(*(request.POST, request.FILES) if request.method == "POST" else ())
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            signatures.keep(seat, form.cleaned_data["file"].read(files.LARGEST + 1))
            say(request, _("Kept, without anything that says where or with what it was made."))
            return redirect("signed-pages", seat.key)
    shown = {"form": form, "pages": signatures.without_content(seat), "most": signatures.MOST}
    return page(request, "alone/pages/signed.html", seat=seat, room="relationships", **shown)


@seated("GET")
def signed_page(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """One of them, to be looked at."""
    row: SignedPage = find(signatures.pages(seat), item)
    file = row.file(seat)
    return as_file(file.content, file.type)


@seated("POST")
def delete_signed_page(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Delete one of them, for good."""
    signatures.delete(seat, find(signatures.pages(seat).defer("content"), item))
    say(request, _("Deleted, for good."))
    return redirect("signed-pages", seat.key)
