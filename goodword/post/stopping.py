"""Stopping letters: one tap, one POST, no sign-in (RFC 8058)."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from goodword.post.models import OutboxLetter
from goodword.post.outbox import allow_again, stop_time, suppress
from goodword.post.wording import words_of
from goodword.ui.answers import page
from goodword.ui.doors import public

_signer = Signer(salt="goodword.post.stop")


def stop_url(letter: OutboxLetter) -> str:
    """Return the link by which the reader of a letter stops letters of its kind."""
    return settings.BASE_URL + reverse("stop-letters", args=[_signer.sign_object([letter.address, letter.kind])])


@csrf_exempt  # mail programs post here by themselves; the signature is the permission, and all it can do is stop letters
@public("GET", "POST")
def stop_letters(request: HttpRequest, signed: str) -> HttpResponse:
    """Show what comes no more and since when, or one button that stops it; either can be taken back in one tap."""
    try:
        address, kind = _signer.unsign_object(signed)
        about = words_of(kind)
    except (BadSignature, ValueError, KeyError) as wrong:
        raise Http404 from wrong
    if request.method == "POST":
        change = allow_again if request.POST.get("act") == "again" else suppress
        change(address, kind)
    return page(request, "post/pages/stop.html", about=about, since=stop_time(address, kind))
