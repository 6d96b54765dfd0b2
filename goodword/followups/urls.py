"""Doors of the follow-up."""

from django.urls import path

from goodword.followups import news_views, views

urlpatterns = [
    path("r/<str:key>/follow-up", views.follow_up, name="follow-up"),
    path("r/<str:key>/follow-up/items", views.agenda_add, name="agenda-add"),
    path("r/<str:key>/follow-up/struck", views.agenda_strike, name="agenda-strike"),
    path("r/<str:key>/rhythm", views.rhythm, name="rhythm"),
    path("r/<str:key>/updates", views.updates, name="updates"),
    path("r/<str:key>/updates/<str:item>/reading", views.read_update, name="update-read"),
    path("r/<str:key>/review", views.review_page, name="review"),
    path("updates/new", news_views.updates_new, name="updates-new"),
    path("updates/for", news_views.updates_for, name="updates-for"),
    path("updates/preview", news_views.updates_preview, name="updates-preview"),
    path("updates/leaving", news_views.updates_leaving, name="updates-leaving"),
    path("updates/draft", news_views.updates_drop, name="updates-drop"),
    path("slipping", views.slipping_away, name="slipping"),
]
