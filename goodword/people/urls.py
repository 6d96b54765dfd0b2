"""Doors of the people room."""

from django.urls import path

from goodword.people import views

urlpatterns = [
    path("sign-in", views.sign_in, name="sign-in"),
    path("sign-in/code", views.sign_in_code, name="sign-in-code"),
    path("sign-in/link/<str:token>", views.sign_in_link, name="sign-in-link"),
    path("sign-out", views.sign_out, name="sign-out"),
    path("settings", views.settings, name="settings"),
    path("settings/details", views.details, name="details"),
    path("settings/sessions/<str:key>/end", views.end_session, name="end-session"),
]
