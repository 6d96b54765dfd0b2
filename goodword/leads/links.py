"""The link for the person a lead names, and the mark by which somebody forgotten is known again."""

from __future__ import annotations

import base64
import hashlib
import hmac
import uuid

from django.conf import settings
from django.urls import reverse

from goodword.ground.reach import Contact
from goodword.leads.models import Lead
from goodword.people.signing_in import hash_of


def _secret(name: str) -> bytes:
    return hmac.new(settings.SECRET_KEY.encode(), name.encode(), hashlib.sha256).digest()


def token_of(lead_id: uuid.UUID, *, own: bool = False) -> str:
    """Return the secret of the link: derived, so that it can be shown again while only its hash is stored. The person's `own` is
    in the letter we send them and nowhere else; the other is shown to the two sides, to be passed on.
    """
    name = f"person-named:own:{lead_id}" if own else f"person-named:{lead_id}"
    return base64.urlsafe_b64encode(_secret(name)).decode().rstrip("=")


def link_hash(lead_id: uuid.UUID, *, own: bool = False) -> str:
    """Return what is stored of the link."""
    return hash_of(token_of(lead_id, own=own))


def link_to(lead: Lead, *, own: bool = False) -> str:
    """Return the full address of the page for the person named."""
    return str(settings.BASE_URL + reverse("person-named", args=[token_of(lead.pk, own=own)]))


def by_token(token: str) -> tuple[Lead, bool] | None:
    """Return the lead whose link this is, and whether it is the person's own; None for no link."""
    leads = Lead.objects.unscoped().select_related("relationship")
    if lead := leads.filter(own_link_hash=hash_of(token)).first():
        return lead, True
    lead = leads.filter(link_hash=hash_of(token)).first()
    return (lead, False) if lead else None


def marks_of(relationship_id: uuid.UUID, contact: Contact, country: str) -> set[str]:
    """Return the marks of every mailbox and telephone number of a contact, read in the country of who wrote them down."""
    return {_secret(f"forgotten:{relationship_id}:{each}").hex() for each in contact.match_keys(country)}
