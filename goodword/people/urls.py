"""Doors of the people room."""

from django.urls import path

from goodword.people import hours
from goodword.people.views import account, by_provider, factors, first_address, letters, recheck, ways_in

urlpatterns = [
    path("sign-in", account.sign_in, name="sign-in"),
    path("sign-in/code", account.sign_in_code, name="sign-in-code"),
    path("sign-in/passkey", factors.with_passkey, name="sign-in-passkey"),
    # Named as allauth's stage asks for it.
    path("sign-in/second", factors.second_step, name="mfa_authenticate"),
    path("sign-in/by-provider", by_provider.by_provider, name="by-provider"),
    path("sign-in/by-provider/answer", by_provider.provider_answer, name="provider-answer"),
    path("sign-in/link/<str:token>", account.sign_in_link, name="sign-in-link"),
    path("sign-out", account.sign_out, name="sign-out"),
    path("settings", account.settings, name="settings"),
    path("settings/details", account.details, name="details"),
    path("settings/address", first_address.own_address, name="own-address"),
    path("settings/letters", letters.which_letters, name="which-letters"),
    path("settings/ways-in", ways_in.ways_in, name="ways-in"),
    path("settings/ways-in/passkeys", ways_in.passkey_new, name="passkey-new"),
    path("settings/ways-in/passkeys/<str:key>", ways_in.passkey, name="passkey"),
    path("settings/ways-in/app", ways_in.app, name="app"),
    path("settings/ways-in/codes", ways_in.recovery_codes, name="recovery-codes"),
    path("settings/is-it-you", recheck.is_it_you, name="is-it-you"),
    path("settings/letter-times", hours.letter_times, name="letter-times"),
    path("settings/zone", account.zone, name="zone"),
    path("settings/sessions/elsewhere", account.elsewhere, name="elsewhere"),
    path("settings/sessions/<str:key>/end", account.end_session, name="end-session"),
]
