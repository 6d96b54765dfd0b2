"""After a restore a new epoch begins: nothing that was over when the disk was lost comes to life again (T56).

What happened between the backup and the restore is known to nobody. So letters that waited then count as sent, reminders that
came due meanwhile as given; links that could have been taken back are replaced, sessions and sign-in keys end, and what stands
on a deletion list is erased again.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterable
from pathlib import Path

from django.contrib.sessions.models import Session
from django.db import transaction

from goodword.account.actions import closing
from goodword.encounters.calendar_entries import Feed
from goodword.leads.actions import forgetting
from goodword.ops import jobs, schedule
from goodword.ops.models import Beat
from goodword.people import deletions
from goodword.people.epochs import Epoch
from goodword.people.models import OpenSession, SignInKey, Submission
from goodword.people.signing_in import hash_of
from goodword.post.models import OutboxLetter
from goodword.relationships import holding
from goodword.relationships.invitations import token_of
from goodword.relationships.models import Invitation
from goodword.relationships.offers import SeatOffer
from goodword.reservations.models import PendingReservation

ERASE_AGAIN: dict[str, Callable[[uuid.UUID], int]] = {
    forgetting.KIND: forgetting.forget_again,
    closing.KIND: closing.close_again,
}
ASKS_OUTSIDE = {"encounters.replies", "ops.sweep_files"}  # jobs that would go out into the world


def begin(made_at: dt.datetime, now: dt.datetime, lists: Iterable[Path]) -> dict[str, int]:
    """Begin a new epoch on a database that has just been put back. Return how many of each thing were ended.

    `lists` are deletion lists, of this backup and of later ones.
    """
    Epoch.objects.create(at=now, made_at=made_at)
    ended = {
        "letters that waited are not sent": _set_letters_aside(now),
        "what was about to leave waits no longer": _hold_back(now),
        "things erased since are erased again": erase_again(lists),
        "sessions and sign-in links have ended": _end_sessions(),
        "invitations have a new link": _new_invitation_links(),
        "calendar links have ended": Feed.objects.filter(revoked_at=None).update(revoked_at=now),
        "seats offered to colleagues are withdrawn": SeatOffer.objects.filter(taken_at=None).delete()[0],
    }
    ended["reminders that came due meanwhile are not sent"] = _let_reminders_pass(now)
    return ended


def erase_again(lists: Iterable[Path]) -> int:
    """Erase again what is on these lists and came back. Return how many that were."""
    done = 0
    for kind, ref in deletions.read(lists):
        if kind in ERASE_AGAIN:
            deletions.note(kind, ref)
            done += ERASE_AGAIN[kind](uuid.UUID(ref))
    return done


def _set_letters_aside(now: dt.datetime) -> int:
    waiting = OutboxLetter.objects.filter(sent_at=None, dropped_at=None)
    return waiting.update(dropped_at=now, content=b"", claimed_until=None)


def _hold_back(now: dt.datetime) -> int:
    """Let nothing leave that its author could still take back when the backup was made: perhaps they did."""
    return holding.stop_all(now) + PendingReservation.objects.unscoped().delete()[0]


def _end_sessions() -> int:
    Beat.objects.all().delete()
    Submission.objects.all().delete()
    OpenSession.objects.all().delete()
    return Session.objects.all().delete()[0] + SignInKey.objects.all().delete()[0]


@transaction.atomic
def _new_invitation_links() -> int:
    """Give every invitation that nobody has joined by a link of the next generation: one taken back meanwhile stays dead."""
    open_ones = list(Invitation.objects.filter(joined_at=None))
    for invitation in open_ones:
        invitation.generation += 1
        invitation.token_hash = hash_of(token_of(invitation))
        invitation.save(update_fields=["generation", "token_hash"])
    return len(open_ones)


def _let_reminders_pass(now: dt.datetime) -> int:
    """Run what comes due by itself once, and send none of the letters: most of them went before the disk was lost."""
    schedule.register_jobs()
    for job in jobs.all_jobs():
        if job.name not in ASKS_OUTSIDE:
            jobs.run(job, now)
    return _set_letters_aside(now)
