"""Stop, leave or delete; take everything along. What cannot be taken back is behind a code from the mailbox."""

from __future__ import annotations

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from goodword.account import operators, wording
from goodword.account.actions import bringing, closing, progress
from goodword.account.forms import ArchiveForm
from goodword.account.mailing import CLOSE, TAKE_ALONG
from goodword.account.models import ImportedRecord
from goodword.account.queries import archive, luggage
from goodword.alone.queries import pages as alone
from goodword.leads import wording as leads_wording
from goodword.leads.queries import endings
from goodword.people import factors, signing_in, whoami
from goodword.people.forms.account import CodeForm
from goodword.people.views.account import TOO_OFTEN, proven
from goodword.relationships.doorway import find, seated
from goodword.relationships.models import Seat
from goodword.ui.answers import page, refusals_on, say
from goodword.ui.doors import public, signed_in, who_is_it


@signed_in("GET")
def stop_or_leave(request: HttpRequest) -> HttpResponse:
    """Show what can be stopped and left, and what deleting everything does."""
    seats = Seat.objects.select_related("relationship").filter(person=whoami.me(request), left_at=None, ended=0)
    return page(request, "account/pages/leaving.html", seats=seats.order_by("other_name"), room="more")


@signed_in("GET", "POST")
def close_account(request: HttpRequest) -> HttpResponse:
    """Close one's account, once a mailed code, a passkey or an app says that it is its owner."""
    if ask := ask_the_second_step(request):
        return ask
    form, is_me = code_form(request, CLOSE)
    if not is_me:
        leads = endings.taken_up_by(whoami.me(request))
        return page(request, "account/pages/close.html", form=form, leads=leads, wording=leads_wording, room="more")
    closing.close(whoami.me(request))
    logout(request)
    answer = redirect("account-closed")
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@public("GET")
def account_closed(request: HttpRequest) -> HttpResponse:
    """It is done."""
    return page(request, "account/pages/closed.html")


@signed_in("GET", "POST")
def take_along(request: HttpRequest) -> HttpResponseBase:
    """Everything of mine, in one file. Asked for as closing is."""
    if ask := ask_the_second_step(request):
        return ask
    form, is_me = code_form(request, TAKE_ALONG)
    if not is_me:
        so_far = progress.of(whoami.me(request), timezone.now())
        return page(request, "account/pages/take_along.html", form=form, making=so_far, room="more")
    now = timezone.now()
    me = whoami.me(request)
    pieces = archive.stream(me, now, progress.telling(me))
    answer = StreamingHttpResponse(pieces, content_type="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="goodword-{now:%Y-%m-%d}.zip"'
    return answer


def ask_the_second_step(request: HttpRequest) -> HttpResponse | None:
    """Return the way to the page that asks for passkey or app, of somebody who has one and has not shown it just now (T35)."""
    return who_is_it(request, ("GET", "POST")) if factors.of(whoami.me(request)).second_step else None


@signed_in("GET")
def how_far(request: HttpRequest) -> HttpResponse:
    """Return how far one's archive is, for the page that waits for it."""
    return page(request, "account/parts/how_far.html", making=progress.of(whoami.me(request), timezone.now()))


@signed_in("GET", "POST")
def bring_along(request: HttpRequest) -> HttpResponse:
    """Bring here what I took along from another server."""
    me = whoami.me(request)
    form = ArchiveForm(request.POST, request.FILES) if request.method == "POST" else ArchiveForm()
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            brought = bringing.bring(me, luggage.read(form.cleaned_data["file"].read(luggage.LARGEST + 1)))
            say(request, wording.arrivals_sentence(brought))
            return redirect("bring-along")
    return page(request, "account/pages/bring_along.html", form=form, records=bringing.records(me), room="more")


@seated("GET")
def record_from_elsewhere(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """The record of this relationship from another server, for whoever brought it."""
    record: ImportedRecord = find(ImportedRecord.objects.owned_by(seat), item)
    shown = {"rooms": archive.in_words(archive.rooms_in(record, seat)), "signed": alone.signed_page_count(seat)}
    return page(request, "account/pages/brought_along.html", seat=seat, room="relationships", **shown)


@signed_in("GET")
def operator_acts(request: HttpRequest) -> HttpResponse:
    """Show what whoever runs this server did with one's account."""
    acts = [(act, operators.words(act.what)) for act in operators.of(whoami.me(request))]
    return page(request, "account/pages/operator_acts.html", acts=acts, room="more")


def code_form(request: HttpRequest, letter: str) -> tuple[CodeForm | None, bool]:
    """Send a code where one is asked for, take one that is typed; return the form to show, and whether it is them."""
    if request.method != "POST":
        return None, False
    if "code" in request.POST:
        form = CodeForm(request.POST)
        return form, form.is_valid() and proven(request, form, letter) is not None
    if not signing_in.may_ask(request):
        say(request, str(TOO_OFTEN))
        return None, False
    signing_in.send_code(request, whoami.me(request).email, letter)
    return CodeForm(), False
