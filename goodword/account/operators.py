"""What whoever runs the server did with somebody's account: noted before it is done, and shown to them (T24)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from goodword.ground.keys import new_id
from goodword.people.models import Person
from goodword.post import outbox
from goodword.post.letters import LetterKind, register

LETTER = "operator"


class OperatorAct(models.Model):
    """One thing an operator did with one person's account, and the reason they gave. It is never changed."""

    scope: ClassVar[str] = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    what = models.CharField(max_length=20, choices=[("login-link", "login-link"), ("read", "read")])
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person", "-at"], name="operator_acts_newest")]


def note(person: Person, what: str, reason: str = "") -> OperatorAct:
    """Note an act and write to the person about it. It is kept before the act is done: one that breaks off is noted too."""
    with transaction.atomic():
        act = OperatorAct.objects.create(person=person, what=what, reason=reason, at=timezone.now())
        if person.mailable:
            link = settings.BASE_URL + reverse("operator-acts")
            values = {"what": words(what), "reason": reason, "link": link}
            outbox.put(LETTER, person.email, values=values, person_id=person.pk)
    return act


def of(person: Person) -> list[OperatorAct]:
    """Return what was done, newest first."""
    return list(OperatorAct.objects.filter(person=person).order_by("-at", "-id")[:200])


def words(what: str) -> str:
    """Return an act in a sentence to the person."""
    if what == "read":
        return _("Somebody who runs this server opened all that you keep here.")
    return _("Somebody who runs this server made a link that signs in as you, once, within ten minutes.")


def _subject(values: Mapping[str, Any]) -> str:
    return _("What was done with your account")


def _anybody(relationship_id: uuid.UUID | None, person_id: uuid.UUID | None) -> bool:
    return True


def register_letters() -> None:
    """Register the letter."""
    takes = frozenset({"what", "reason", "link"})
    register(LetterKind(LETTER, "account/letters/operator", _subject, takes, _anybody, can_stop=False))
