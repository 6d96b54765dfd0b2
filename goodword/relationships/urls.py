"""Doors of the hall."""

from django.urls import path

from goodword.relationships import guest_views, views

urlpatterns = [
    path("start", views.start, name="start"),
    path("i/<str:token>", guest_views.invitation, name="invitation"),
    path("i/<str:token>/not-me", guest_views.not_me, name="not-me"),
    path("invitation", guest_views.answer_page, name="answered"),
    path("invitation/mailbox", guest_views.seat_for_whom, name="seat-for-whom"),
    path("invitation/join", guest_views.join, name="join"),
    path("r/<str:key>/letter", views.letter, name="letter"),
    path("r/<str:key>/letter/words", views.letter_words, name="letter-words"),
    path("r/<str:key>/letter/sent", views.letter_state, name="letter-sent"),
    path("r/<str:key>/letter/code", views.letter_code, name="letter-code"),
    path("r/<str:key>/letter/back", views.letter_back, name="letter-back"),
    path("r/<str:key>/held/<str:item>", views.half_minute, name="held"),
    path("r/<str:key>/colleagues", views.colleagues, name="colleagues"),
]
