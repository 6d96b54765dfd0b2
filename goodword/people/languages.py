"""Everybody reads in their own language: the browser's until they have said which; letters leave in their reader's."""

from collections.abc import Callable

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse

from goodword.people.models import Person
from goodword.ui.languages import speaking, tag


def choices() -> list[tuple[str, str]]:
    """Return the languages on offer: code, and name as those who speak it write it."""
    return [(code, name) for code, name in settings.LANGUAGES]


def reader_of(address: str) -> str:
    """Return the language of whoever reads this address, empty where they have not said or have no account."""
    if len(settings.LANGUAGES) == 1:
        return ""
    theirs = Q(email=address) | Q(pk__in=EmailAddress.objects.filter(email=address, verified=True).values("user_id"))
    return Person.objects.filter(theirs).values_list("language", flat=True).first() or ""


class OwnLanguage:
    """Middleware: the reader's language for the length of one request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the language a person has chosen; otherwise in the browser's, where it is offered."""
        with speaking(getattr(request.user, "language", "")):
            answer = self.get_response(request)
            answer.headers.setdefault("Content-Language", tag())
            return answer
