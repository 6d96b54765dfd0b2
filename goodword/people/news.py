"""News about one's own account, by mail: a new browser, a changed address, a passkey. It always comes; it may be the first
that its owner hears of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from goodword.people.models import Person
from goodword.post import outbox
from goodword.post.letters import LetterKind, register

LETTER = "account-news"
SENTENCES: dict[str, tuple[Promise, Promise]] = {
    "new-browser": (
        _("You signed in with a browser we didn’t know"),
        _("It is %(browser)s. You stay signed in there until you sign out, or don’t use it for a month."),
    ),
    "address-added": (
        _("Your account has another address"),
        _("You can sign in with %(address)s too. Letters go where they went."),
    ),
    "address-gone": (
        _("An address was taken from your account"),
        _("Nobody signs in as you with %(address)s any more."),
    ),
    "address-main": (_("Your letters go to another address"), _("From now on they go to %(address)s.")),
    "accounts-one": (
        _("Two accounts became one"),
        _("What was under %(address)s is with your account now, and you sign in to it with either address."),
    ),
    "passkey-added": (
        _("A passkey was added to your account"),
        _("You can sign in with it from now on. After a mailed code, it is asked for too."),
    ),
    "passkey-gone": (_("A passkey was taken away from your account"), _("Nobody can sign in with it any more.")),
    "app-added": (
        _("An app was added to your account"),
        _("After a mailed code, a code from that app is asked for from now on."),
    ),
    "app-gone": (_("The app was taken away from your account"), _("Its codes are not asked for any more.")),
    "all-gone": (
        _("Your passkeys, app and recovery codes were taken away"),
        _("Whoever runs this server did it, so that you can sign in with a mailed code again."),
    ),
    "codes-new": (_("Your account has new recovery codes"), _("The old ones are worth nothing from now on.")),
}


def tell(person: Person, what: str, to: str = "", **values: str) -> None:
    """Write to this person what has happened to their account, within the caller's transaction; `to` another address of theirs."""
    outbox.put(LETTER, to or person.email, values={"what": what, **values}, person_id=person.pk)


def _subject(values: Mapping[str, Any]) -> str:
    return str(SENTENCES[values["what"]][0])


def _fill(person_id: object, values: Mapping[str, Any]) -> Mapping[str, Any]:
    title, said = SENTENCES[values["what"]]
    return {"title": str(title), "said": str(said) % values}


def register_letter() -> None:
    """Register the letter."""
    register(
        LetterKind(
            name=LETTER,
            pages="people/letters/account_news",
            subject=_subject,
            takes=frozenset({"what", "browser", "address"}),
            may_send=lambda relationship_id, person_id: True,
            can_stop=False,
            fill=_fill,
        )
    )
