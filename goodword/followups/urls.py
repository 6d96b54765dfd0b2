"""Doors of the follow-up."""

from django.urls import path

from goodword.followups.views import meetings, updates

urlpatterns = [
    path("r/<str:key>/follow-up", meetings.follow_up, name="follow-up"),
    path("r/<str:key>/follow-up/items", meetings.agenda_add, name="agenda-add"),
    path("r/<str:key>/follow-up/struck", meetings.agenda_strike, name="agenda-strike"),
    path("r/<str:key>/rhythm", meetings.rhythm, name="rhythm"),
    path("r/<str:key>/updates", meetings.updates, name="updates"),
    path("r/<str:key>/updates/<str:item>/reading", meetings.read_update, name="update-read"),
    path("r/<str:key>/review", meetings.review_page, name="review"),
    path("updates/new", updates.updates_new, name="updates-new"),
    path("updates/for", updates.updates_for, name="updates-for"),
    path("updates/preview", updates.updates_preview, name="updates-preview"),
    path("updates/leaving", updates.updates_leaving, name="updates-leaving"),
    path("updates/draft", updates.updates_drop, name="updates-drop"),
    path("slipping", meetings.slipping_away, name="slipping"),
]
