"""Addresses of our pages are what Django gives for them, whatever stands in them."""

from __future__ import annotations

import pytest
from django.contrib import messages
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse

from goodword.ground.keys import new_key
from goodword.ui.addresses import url
from goodword.ui.doors import routes
from goodword.ui.jinja import messages_for

KEYS = [new_key(), "-_" * 11, "0" * 22, "argument-1", "a b/c?", "x%20y", "ü", "line\n"]


def test_every_address_is_the_one_django_gives() -> None:
    names = {(pattern.name, len(pattern.pattern.converters)) for _path, pattern in routes() if pattern.name}
    asked = 0
    for name, many in names:
        for first in KEYS:
            args = [first, *KEYS][:many]
            try:
                expected = reverse(name, args=args)
            except NoReverseMatch:
                continue
            assert url(name, *args) == expected
            asked += 1
    assert asked > len(names)


def test_what_is_no_argument_of_a_route_has_no_address() -> None:
    for name, args in (("relationship", []), ("today", ["x"]), ("no-such-page", [])):
        with pytest.raises(NoReverseMatch):
            url(name, *args)
    assert url("profile-story", 3) == reverse("profile-story", args=[3])


def test_a_sentence_is_said_once_and_where_there_is_none_no_cookie_is_touched() -> None:
    from django.contrib.messages.storage.cookie import CookieStorage

    def answer_to(cookie: str) -> tuple[list[str], HttpResponse]:
        request, answer = RequestFactory().get("/"), HttpResponse()
        request.COOKIES["messages"] = cookie
        if not cookie:
            del request.COOKIES["messages"]
        request._messages = CookieStorage(request)  # type: ignore[attr-defined]
        found = [str(one) for one in messages_for(request)]
        request._messages.update(answer)  # type: ignore[attr-defined]
        return found, answer

    request, sent = RequestFactory().post("/"), HttpResponse()
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    messages.info(request, "It has gone.")
    request._messages.update(sent)  # type: ignore[attr-defined]
    found, answer = answer_to(sent.cookies["messages"].value)
    assert found == ["It has gone."] and answer.cookies["messages"].value == ""
    found, answer = answer_to("")
    assert found == [] and "messages" not in answer.cookies
