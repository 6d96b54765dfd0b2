"""The link for the person a lead names, and the mark by which somebody forgotten is known again."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import uuid

from django.conf import settings
from django.urls import reverse

from goodword.leads.models import Lead
from goodword.people.signing_in import hashed


def _secret(name: str) -> bytes:
    return hmac.new(settings.SECRET_KEY.encode(), name.encode(), hashlib.sha256).digest()


def token_of(lead_id: uuid.UUID) -> str:
    """Return the secret of the link: derived, so that it can be shown again while only its hash is stored."""
    return base64.urlsafe_b64encode(_secret(f"person-named:{lead_id}")).decode().rstrip("=")


def link_hash(lead_id: uuid.UUID) -> str:
    """Return what is stored of the link."""
    return hashed(token_of(lead_id))


def link_to(lead: Lead) -> str:
    """Return the full address of the page for the person named."""
    return str(settings.BASE_URL + reverse("person-named", args=[token_of(lead.pk)]))


def by_token(token: str) -> Lead | None:
    """Return the lead whose link this is, or None. Whoever holds the link is taken for the person named."""
    return Lead.objects.for_the_house().select_related("relationship").filter(link_hash=hashed(token)).first()


def marks_of(relationship_id: uuid.UUID, reach: str) -> set[str]:
    """Return the marks of every e-mail address and telephone number in a way to reach somebody."""
    addresses = re.findall(r"[^\s@,;]+@[^\s@,;]+", reach.casefold())
    numbers = [
        digits[-9:] for each in re.findall(r"(?:\d[\s()./-]*){7,}", reach) if (digits := re.sub(r"\D", "", each))
    ]
    return {_secret(f"forgotten:{relationship_id}:{each}").hex() for each in (*addresses, *numbers)}
