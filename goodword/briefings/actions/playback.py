"""Saying back what was understood, and the speaker's word on it (M16): rounds, corrections, confirmation."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from goodword.briefings import rules
from goodword.briefings.actions import conversation
from goodword.briefings.models import PassageReply, PlaybackConfirmation, PlaybackRound, SpokenPlayback
from goodword.briefings.queries import facts
from goodword.briefings.rules import Passage
from goodword.ground.refusals import Refusal
from goodword.relationships.acting import acting
from goodword.relationships.models import Seat
from goodword.relationships.verbs import Verb


def say_back(seat: Seat, passages: Mapping[Passage, str]) -> PlaybackRound:
    """Say back in four passages what the other side does; anything said later is a new round.

    Raises Refusal before the briefing has begun, or if not a word has changed since the last round.
    """
    with acting(seat) as act:
        step = conversation.listening(seat)
        conversation.refuse_before(seat, step)
        latest = facts.rounds(seat, step).last()
        if latest is not None and latest.passages == dict(passages):
            raise Refusal(_("Not a word has changed since you last said it."))
        number = latest.number + 1 if latest else 1
        row = PlaybackRound.objects.write(
            seat,
            number=number,
            content_hash=rules.content_hash(number, passages),
            created_at=act.now,
            **{passage.value: passages[passage] for passage in Passage},
        )
        act.announce(Verb.PLAYED_BACK, row)
        return row


def say_aloud(seat: Seat) -> None:
    """Say that it was said back at the table and was right: the listener says so, and the speaker (M16). Twice is once.

    Raises Refusal outside the two briefings, or before the briefing has begun.
    """
    with acting(seat) as act:
        if seat.at not in rules.BRIEFINGS:
            raise Refusal(_("There is no briefing in this step."))
        conversation.refuse_before(seat, seat.at)
        if "ours" not in facts.confirming_sides(seat, seat.at):
            row = SpokenPlayback.objects.write(seat, step=seat.at, created_at=act.now)
            act.announce(Verb.RIGHT_ALOUD if seat.speaks else Verb.SAID_BACK_ALOUD, row)


def find_right(seat: Seat, shown: str) -> None:
    """Say that what was said back is right: every passage of the round that was `shown` (its key), or, where that is empty, what
    was said at the table.

    Raises Refusal if another round was written since the page was opened, and as `reply` and `say_aloud` do.
    """
    heard = facts.playback(seat, conversation.speaking(seat))
    if shown != (heard.latest.key if heard.state == "waiting" else ""):
        raise Refusal(_("This has moved on since you opened the page. Please read the latest round."))
    if shown:
        reply(seat, heard.latest, dict.fromkeys(heard.to_hear, ""))
    else:
        say_aloud(seat)


def reply(seat: Seat, shown: PlaybackRound, said: Mapping[Passage, str]) -> bool:
    """Say of each passage still to be heard that it is right (empty text) or put it right. Return whether all is.

    `shown` is the round the speaker had before them. Raises Refusal if it is not the latest any more, has been replied
    to, or a passage was left out: a confirmation is for exactly one text.
    """
    with acting(seat) as act:
        playback = facts.playback(seat, conversation.speaking(seat))
        latest: PlaybackRound | None = playback.latest
        if latest is None or latest.pk != shown.pk or playback.state != "waiting":
            raise Refusal(_("This has moved on since you opened the page. Please read the latest round."))
        if set(said) != set(playback.to_hear):
            raise Refusal(_("Say something to each passage"))
        for passage, text in said.items():
            PassageReply.objects.write(seat, round=latest, passage=passage, text=text, created_at=act.now)
        right = not any(said.values())
        if right:
            PlaybackConfirmation.objects.write(seat, round=latest, content_hash=latest.content_hash, created_at=act.now)
        act.announce(Verb.PLAYBACK_CONFIRMED if right else Verb.PLAYBACK_CORRECTED, latest)
        return right
