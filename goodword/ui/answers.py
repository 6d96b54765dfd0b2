"""Answers: pages, errors in forms, and refusals said in a sentence."""

import datetime as dt
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.contrib import messages
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goodword.ground.addresses import is_address, tidy_address
from goodword.ground.refusals import Refusal
from goodword.ground.stores import StoreAway
from goodword.ground.text import tidy, tidy_line
from goodword.ui import reference, strips

LONGEST = 10_000
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field
log = logging.getLogger("goodword.ops")


def page(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    """Render a page. A form that was sent and has errors answers 422, so that nothing mistakes it for a success."""
    form = context.get("form")
    status = 422 if isinstance(form, forms.BaseForm) and form.is_bound and form.errors else 200
    with strips.read_from(context.get("seat")):
        return render(request, template, context, status=status)


@contextmanager
def refusals_on(form: forms.Form | HttpRequest) -> Iterator[None]:
    """Run an act; a refusal's sentence stands on the form then, so that nothing typed is lost, and the form is valid no longer.
    Where there is no form it is given the request, and the sentence stands at the top of the next page.

    with refusals_on(form):
        actions.share(seat, row)
        return redirect(…)
    """
    try:
        yield
    except Refusal as refusal:
        if isinstance(form, HttpRequest):
            say(form, refusal.sentence)
            return
        form.full_clean()  # an error is added to what was read, also where nobody has asked yet whether the form is valid
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)


def say(request: HttpRequest, sentence: str) -> None:
    """Say one sentence at the top of the next page."""
    messages.info(request, sentence)


class TextLine(forms.CharField):
    """A single line of text: tidied, at most 200 characters unless said otherwise."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 200, **options})

    def to_python(self, value: Any) -> str:
        """Return the tidied line."""
        return tidy_line(super().to_python(value) or "")


class Text(forms.CharField):
    """Running text: tidied, at most 10,000 characters, shown in a text area."""

    widget = forms.Textarea

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": LONGEST, **options})

    def to_python(self, value: Any) -> str:
        """Return the tidied text."""
        return tidy(super().to_python(value) or "")


class Address(forms.EmailField):
    """An e-mail address, tidied before it is judged: name, brackets, blanks and "mailto:" around it are no fault."""

    def __init__(self, **options: Any) -> None:
        wrong = {"invalid": gettext_lazy("Write an e-mail address like tom@halekitchens.example")}
        given = {"max_length": 254, "widget": forms.EmailInput(attrs={"autocomplete": "email"}), **options}
        super().__init__(**{**given, "error_messages": {**wrong, **options.get("error_messages", {})}})
        self.widget.attrs["maxlength"] = 320  # what stands around an address may be longer than it

    def to_python(self, value: Any) -> str:
        """Return the address in its normal form. Raises ValidationError for what can't be written to."""
        tidied = tidy_address(super().to_python(value) or "")
        if tidied and not is_address(tidied):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return tidied


class Day(forms.DateField):
    """A day, picked or typed: 2026-05-22, 22/5/2026, 22.5.26, 22 May 2026. `back` and `ahead` of today are as far as it goes."""

    back, ahead = dt.timedelta(days=36_525), dt.timedelta(days=18_263)
    too_early = gettext_lazy("Write the year in full, like 22/5/2026")
    too_late = gettext_lazy("Choose a day within the next fifty years")

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "short"})
        wrong = {"invalid": gettext_lazy("Write the day like 22/5/2026")}
        formats = ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%d/%m/%y", "%d.%m.%y"]
        super().__init__(**{"widget": widget, "error_messages": wrong, "input_formats": formats, **options})

    def validate(self, value: dt.date | None) -> None:
        """Raise ValidationError for a day that nobody means: of the year 26, or 9999."""
        super().validate(value)
        if value and value < timezone.localdate() - self.back:
            raise forms.ValidationError(self.too_early)
        if value and value > timezone.localdate() + self.ahead:
            raise forms.ValidationError(self.too_late)


class RefusalMiddleware:
    """Turns a refusal that no form caught into a page with its sentence (409), and an expired form into a kind one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a Refusal with its sentence, and what the database could not take with what was typed; leave the rest to Django."""
        if isinstance(exception, OperationalError) and request.method == "POST":
            log.error(
                "the database did not take what was sent to %s", request.resolver_match and request.resolver_match.route
            )
            return full_database(request)
        if isinstance(exception, StoreAway):
            return file_away(request, exception)
        if not isinstance(exception, Refusal):
            return None
        return render(request, "ui/pages/sentence.html", {"title": exception.sentence, "more": ""}, status=409)


def file_away(request: HttpRequest, why: StoreAway) -> HttpResponse:
    """Answer when the store for files does not answer, or has not what was put there."""
    log.error("a file could not be read: %s", why)
    more = _("The fault is ours: the place where files lie does not answer. Please try again in a while.")
    context = {"title": _("That file can’t be read at the moment"), "more": more}
    return render(request, "ui/pages/sentence.html", context, status=503)


def full_database(request: HttpRequest) -> HttpResponse:
    """Answer when the database takes nothing, as on a full disk: what was typed stands there, to be sent again."""
    more = _(
        "The fault is ours: nothing can be written at the moment. Leave this page open, and send it again in a while."
    )
    fields = [(name, value) for name in request.POST for value in request.POST.getlist(name) if name != TOKEN]
    context = {
        "title": _("That could not be kept"),
        "more": more,
        "words": typed_words(request),
        "again": request.path,
        "fields": fields,
    }
    return render(request, "ui/pages/not_kept.html", context, status=503)


def typed_words(request: HttpRequest) -> list[str]:
    """Return the words somebody typed into a form, as against what they chose in it."""
    sent = [value for name in request.POST for value in request.POST.getlist(name) if name != TOKEN]
    return [value for value in sent if any(letter.isspace() for letter in value.strip())]


def expired_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form without a valid CSRF token: the page was old, or came from elsewhere.

    What was typed is handed back if the form was one of our own pages', to be copied and not to be sent: another site could
    have filled it in.
    """
    more = _("Reload the page and send it again.")
    own = request.headers.get("Sec-Fetch-Site") == "same-origin"
    context = {
        "title": _("This page had been open too long"),
        "more": more,
        "words": typed_words(request) if own else [],
    }
    return render(request, "ui/pages/not_kept.html", {**context, "again": "", "fields": []}, status=403)


def lost_session(request: HttpRequest) -> HttpResponse:
    """Answer a form that came after its sender had been signed out: what was typed stands there, to be copied."""
    more = _("Sign in again, go back to the page, and put in what you had written.")
    context = {
        "title": _("You had been signed out"),
        "more": more,
        "words": typed_words(request),
        "again": "",
        "fields": [],
    }
    return render(request, "ui/pages/not_kept.html", context, status=403)


def stale(request: HttpRequest) -> HttpResponse:
    """Answer a form that needs to know whether it is still them: what was typed stands there, to be copied."""
    more = _(
        "It’s a while since you signed in. Show that it’s you, go back to the page, and put in what you had written."
    )
    context = {"title": _("Is it still you?"), "more": more, "words": typed_words(request), "again": "", "fields": []}
    return render(request, "ui/pages/not_kept.html", {**context, "next_url": reverse("is-it-you")}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer for what is not there, or not there for you: the two look the same (T1)."""
    more = _("It may have been moved, or it was never yours to open. Nothing has been lost.")
    return render(
        request, "ui/pages/sentence.html", {"title": _("There is nothing at this address"), "more": more}, status=404
    )


def server_fault(request: HttpRequest) -> HttpResponse:
    """Answer when the fault is ours, with the reference under which the log has it.

    The page asks neither session nor database: they may be what went wrong.
    """
    more = _("The fault is ours, not yours, and it has been noted without anything you wrote. Please try once more.")
    context = {"title": _("Something on our side went wrong"), "more": more, "reference": reference.current()}
    return HttpResponse(render_to_string("ui/pages/went_wrong.html", context), status=500)
