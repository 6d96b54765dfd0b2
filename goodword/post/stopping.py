"""Stopping letters: one tap, one POST, no sign-in (UX 17, RFC 8058)."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from goodword.post.models import OutboxLetter
from goodword.post.outbox import suppress
from goodword.ui.answers import page
from goodword.ui.doors import public

_signer = Signer(salt="goodword.post.stop")


def stop_url(letter: OutboxLetter) -> str:
    """Return the link by which the reader of a letter stops letters of its kind."""
    return settings.BASE_URL + reverse("stop-letters", args=[_signer.sign_object([letter.address, letter.kind])])


@csrf_exempt  # mail programs post here by themselves; the signature is the permission, and all it can do is stop letters
@public("GET", "POST")
def stop_letters(request: HttpRequest, signed: str) -> HttpResponse:
    """Show one button; stop letters of that kind to that address when it is pressed."""
    try:
        address, kind = _signer.unsign_object(signed)
    except (BadSignature, ValueError) as wrong:
        raise Http404 from wrong
    if request.method == "POST":
        suppress(address, kind)
    return page(request, "post/pages/stop.html", stopped=request.method == "POST")
