"""Pages that both signed on paper: a photo or scan of each, kept with the agreement by the one side that is there (M4).

Each is made clean as every file is (T20), lies sealed in one's side's drawer, and is never opened to the other side.
"""

from __future__ import annotations

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from goodword.alone.actions.records import refuse_unless_alone
from goodword.alone.models import SignedPage
from goodword.ground.refusals import Refusal
from goodword.profiles import store
from goodword.profiles.actions import clean_file, keeping
from goodword.relationships.acting import acting
from goodword.relationships.models import Seat

MOST = 6  # in one relationship: both pages of an agreement, as it was signed three times


def pages(seat: Seat) -> QuerySet[SignedPage]:
    """Return what one's side keeps of signed pages, oldest first."""
    return SignedPage.objects.owned_by(seat).order_by("created_at", "id")


def without_content(seat: Seat) -> list[SignedPage]:
    """Return them for a list, without what is on them. One query."""
    return list(pages(seat).defer("content"))


def keep(seat: Seat, raw: bytes) -> SignedPage:
    """Make a photo or scan clean and keep it.

    Raises Refusal, and keeps nothing, once the other side has joined, for what is no picture or PDF, or for a seventh.
    """
    refuse_unless_alone(seat)
    return keep_stored(seat, put_away(raw))


def put_away(raw: bytes) -> bytes:
    """Make a photo or scan clean and put it where files lie; return what a row holds of it. Raises Refusal as `keep` does."""
    clean = clean_file(raw)
    with keeping():
        return store.put_away(clean.content)


def keep_stored(seat: Seat, held: bytes) -> SignedPage:
    """Keep a photo or scan that was put away. Raises Refusal as `keep` does."""
    with acting(seat) as act:
        refuse_unless_alone(seat)
        if pages(seat).count() >= MOST:
            raise Refusal(_("Six are as many as can be kept here. Delete one first."), "file")
        return SignedPage.objects.write(seat, content=SignedPage.letters_of(held), created_at=act.now)


def delete(seat: Seat, page: SignedPage) -> None:
    """Delete a signed page, for good: while alone, later, and after the end."""
    with acting(seat, after_the_end=True):
        if settings.FILES is not None:
            store.forget(page.stored_content(seat))
        pages(seat).filter(pk=page.pk).delete()
