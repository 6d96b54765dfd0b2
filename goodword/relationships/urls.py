"""Doors of the hall."""

from django.urls import path

from goodword.relationships.views import guest, pages

urlpatterns = [
    path("start", pages.start, name="start"),
    path("i/<str:token>", guest.invitation, name="invitation"),
    path("i/<str:token>/not-me", guest.not_me, name="not-me"),
    path("invitation", guest.answer_page, name="answered"),
    path("invitation/mailbox", guest.seat_for_whom, name="seat-for-whom"),
    path("invitation/join", guest.join, name="join"),
    path("r/<str:key>/letter", pages.letter, name="letter"),
    path("r/<str:key>/letter/words", pages.letter_words, name="letter-words"),
    path("r/<str:key>/letter/sent", pages.letter_state, name="letter-sent"),
    path("r/<str:key>/letter/code", pages.letter_code, name="letter-code"),
    path("r/<str:key>/letter/back", pages.letter_back, name="letter-back"),
    path("r/<str:key>/held/<str:item>", pages.half_minute, name="held"),
    path("r/<str:key>/colleagues", pages.colleagues, name="colleagues"),
]
