"""Doors of the people room."""

from django.urls import path

from goodword.people import (
    address_views,
    factor_views,
    hours,
    letter_views,
    provider_views,
    recheck_views,
    views,
    way_in_views,
)

urlpatterns = [
    path("sign-in", views.sign_in, name="sign-in"),
    path("sign-in/code", views.sign_in_code, name="sign-in-code"),
    path("sign-in/passkey", factor_views.with_passkey, name="sign-in-passkey"),
    # Named as allauth's stage asks for it.
    path("sign-in/second", factor_views.second_step, name="mfa_authenticate"),
    path("sign-in/by-provider", provider_views.by_provider, name="by-provider"),
    path("sign-in/by-provider/answer", provider_views.provider_answer, name="provider-answer"),
    path("sign-in/link/<str:token>", views.sign_in_link, name="sign-in-link"),
    path("sign-out", views.sign_out, name="sign-out"),
    path("settings", views.settings, name="settings"),
    path("settings/details", views.details, name="details"),
    path("settings/address", address_views.own_address, name="own-address"),
    path("settings/letters", letter_views.which_letters, name="which-letters"),
    path("settings/ways-in", way_in_views.ways_in, name="ways-in"),
    path("settings/ways-in/passkeys", way_in_views.passkey_new, name="passkey-new"),
    path("settings/ways-in/passkeys/<str:key>", way_in_views.passkey, name="passkey"),
    path("settings/ways-in/app", way_in_views.app, name="app"),
    path("settings/ways-in/codes", way_in_views.recovery_codes, name="recovery-codes"),
    path("settings/is-it-you", recheck_views.is_it_you, name="is-it-you"),
    path("settings/letter-times", hours.letter_times, name="letter-times"),
    path("settings/zone", views.zone, name="zone"),
    path("settings/sessions/elsewhere", views.elsewhere, name="elsewhere"),
    path("settings/sessions/<str:key>/end", views.end_session, name="end-session"),
]
