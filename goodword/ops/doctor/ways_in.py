"""Signing in by an identity provider: whether it answers, under the name it is set by."""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from goodword.ops.doctor.findings import Finding, well, wrong
from goodword.people import provider
from goodword.people.views import by_provider


def provider_answers(now: dt.datetime) -> list[Finding]:
    """Whether the provider says where to sign in, and shows the keys it signs with. Nobody is signed in."""
    where: provider.Provider | None = settings.IDENTITY_PROVIDER
    if where is None:
        return [well("nobody signs in by an identity provider, see GOODWORD_OIDC_ISSUER")]
    try:
        provider.keys_of(provider.metadata_of(where))
    except provider.NobodySignedIn as why:
        return [wrong(f"nobody can sign in by {where.name}: {why}", "Look at GOODWORD_OIDC_ISSUER. Mailed codes work.")]
    return [well(f"{where.name} answers; the address it has to know is {by_provider.back()}")]
