"""One submission, one act: a form sent twice from the same page makes what it makes once (T36).

A double click, a slow net and the Back button all send the same form again. Every form of ours carries what names the page
it was drawn on: Django masks the CSRF token anew for each page, and where there is JavaScript a page that is come back to
sends the name it had before (`page_name`). The same words to the same address from the same page are the same submission:
it is kept in the transaction of its act, so that neither stands without the other, and answered as the first one was.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
from collections.abc import Callable

from django.db import OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from goodword.people.models import Submission
from goodword.ui.answers import TOKEN, full_database
from goodword.ui.scrubbing import holds_a_secret

PAGE_NAME = "page_name"
RETENTION = dt.timedelta(days=1)
KEEP = (
    f"INSERT INTO {Submission._meta.db_table} (name, way_on, made_at) VALUES (%s, '', %s) ON CONFLICT (name) DO NOTHING"  # noqa: S608 - our own words
)
log = logging.getLogger("goodword.ops")


class OneSubmission:
    """Middleware: sends a person on to where their submission led the first time, without doing it again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request. What the database does not take at the last moment is handed back, as anywhere else."""
        name = name_of(request)
        if not name:
            return self.get_response(request)
        try:
            with transaction.atomic():
                return self._answer(request, name)
        except OperationalError:
            log.error(
                "the database did not take what was sent to %s", request.resolver_match and request.resolver_match.route
            )
            return full_database(request)

    def _answer(self, request: HttpRequest, name: str) -> HttpResponse:
        submission = Submission.objects.filter(name=name)
        if not keep(name):
            return HttpResponseRedirect(submission.get().next_url)
        answer = self.get_response(request)
        if answer.status_code >= 500:
            transaction.set_rollback(True)
        elif isinstance(answer, HttpResponseRedirect) and not holds_a_secret(answer.url):
            submission.update(next_url=answer.url)
        else:  # nothing was done, or the page says it itself: the same form may be sent again
            submission.delete()
        return answer


def keep(name: str) -> bool:
    """Keep a submission; return False where it was kept before. One that is just being kept by another request is waited for."""
    kept_at = Submission._meta.get_field("made_at").get_db_prep_value(timezone.now(), connection)
    with connection.cursor() as cursor:
        cursor.execute(KEEP, [name, kept_at])
        return bool(cursor.rowcount)


def name_of(request: HttpRequest) -> str:
    """Return the name of a signed-in person's submission, or nothing for what is none: a reading, a script's own call, a
    file (which is cleaned for longer than a transaction may take), a form without a page."""
    if request.method != "POST" or not request.user.is_authenticated:
        return ""
    if request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate" or request.FILES:
        return ""
    page = request.POST.get(PAGE_NAME) or request.POST.get(TOKEN)
    if not page:
        return ""
    said = sorted((field, values) for field, values in request.POST.lists() if field not in (PAGE_NAME, TOKEN))
    whole = json.dumps([str(request.user.pk), page, request.get_full_path(), said])
    return hashlib.sha256(whole.encode(errors="replace")).hexdigest()


def forget_old(now: dt.datetime) -> int:
    """Delete submissions of a day ago. Return how many."""
    return Submission.objects.filter(made_at__lte=now - RETENTION).delete()[0]
