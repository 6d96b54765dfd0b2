"""What can be done about teaching: draft it, put it before the other side, answer it, agree on an approach."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from goodword.ground.refusals import Refusal
from goodword.relationships.acting import acting
from goodword.relationships.models import Seat
from goodword.relationships.steps import Role
from goodword.relationships.verbs import Verb
from goodword.teaching import wording
from goodword.teaching.models import (
    Approach,
    ApproachAcceptance,
    Comfort,
    ComfortReason,
    TeachingDraft,
    TeachingLine,
    TeachingPlayback,
    TeachingVersion,
)
from goodword.teaching.queries import ours, pages
from goodword.teaching.rules import content
from goodword.ui import languages


def keep_draft(seat: Seat, said: Mapping[str, str]) -> None:
    """Keep in our side's drawer how this partner is told: each field that differs from what is said to everybody.

    What lay there goes. Nobody else learns of it.
    """
    with acting(seat):
        to_all = ours.for_everybody(seat)
        TeachingDraft.objects.owned_by(seat).delete()
        for field in dict.fromkeys([*said, *to_all]):
            if said.get(field, "") != to_all.get(field, ""):
                TeachingDraft.objects.write(seat, field=field, text=said.get(field, ""))


def put(seat: Seat, seen: str) -> TeachingVersion:
    """Put what we would like said before the other side, as it was previewed (M30 to M32).

    `seen` is the fingerprint of what was previewed. Raises Refusal before the step it belongs to, if whom, what or
    words are not said, if it is not what was previewed any more, or if it says what was taught already.
    """
    with acting(seat) as act:
        lines = wording.lines(ours.words_for_partner(seat))
        versions = pages.newest(seat)["ours"]
        before = pages.teaching_at(seat, versions, "ours")
        _refuse_putting(seat, lines, seen, before)
        version = TeachingVersion.objects.write(seat, number=len(versions) + 1, created_at=act.now)
        for position, line in enumerate(lines):
            TeachingLine.objects.write(
                seat,
                version=version,
                position=position,
                part=line.part,
                field=line.field,
                label=line.label,
                text=line.text,
                created_at=act.now,
            )
        act.announce(Verb.TAUGHT, version)
    return version


def _refuse_putting(seat: Seat, lines: list[content.TaughtLine], seen: str, before: pages.Teaching | None) -> None:
    if not content.may_give(seat.at):
        raise Refusal(_("Teaching comes with the agreement, after the second briefing. Your draft is kept until then."))
    parts = [wording.part_within(part) for part in content.missing(lines)]
    if parts:
        values = {"parts": languages.series(parts, brief=True), "name": seat.other.first_name}
        raise Refusal(_("Still to say: %(parts)s. One line of each is enough for %(name)s to start with.") % values)
    if content.fingerprint(lines) != seen:
        raise Refusal(_("The draft has changed since you read it through. Read it once more, then put it forward."))
    if before and content.fingerprint(list(before.lines)) == content.fingerprint(lines):
        raise Refusal(_("This is what %(name)s has from you already.") % {"name": seat.other.first_name})


def _their_teaching(seat: Seat) -> TeachingVersion:
    """Return what is being answered. Raise Refusal if the other side has taught nothing yet."""
    version = pages.latest(seat, "theirs")
    if version is None:
        raise Refusal(_("%(name)s has not written down what to say yet.") % {"name": seat.other.first_name})
    return version


def say_comfort(seat: Seat, feel: str, scores: Mapping[str, int] | None = None) -> None:
    """Say how it would feel to say what they taught; both sides see it (M33).

    One answer is enough. `scores` are for whoever finds some of it hard: how easy that item is, from 0 to 10. The same answer
    again changes nothing. Raises Refusal if they have taught nothing yet, or no longer teach an item that is rated.
    """
    with acting(seat) as act:
        version, scores = _their_teaching(seat), scores or {}
        if not set(scores) <= set(content.items(pages.lines_of(seat, version))):
            raise Refusal(
                _("%(name)s has changed what there is to say. Read it once more.") % {"name": seat.other.first_name}
            )
        last = Comfort.objects.owned_by(seat).filter(version=version).order_by("-created_at", "-id").first()
        if last is None or (last.feel, last.scores) != (feel, dict(scores)):
            row = Comfort.objects.write(seat, version=version, feel=feel, created_at=act.now, **scores)
            act.announce(Verb.COMFORT_SAID, row)


def keep_reason(seat: Seat, text: str) -> None:
    """Keep why it feels so, for oneself alone. An empty text takes it out of the drawer."""
    with acting(seat, only_me=True):
        row = ComfortReason.objects.owned_by(seat).first()
        if row is None and text:
            ComfortReason.objects.write(seat, text=text)
        elif row is not None and text:
            row.text = text
            row.save()
        elif row is not None:
            row.delete()


def say_back(seat: Seat, text: str) -> TeachingPlayback:
    """Say what they taught back in one's own words; both see it. Raises Refusal if they have taught nothing yet."""
    with acting(seat) as act:
        row = TeachingPlayback.objects.write(seat, version=_their_teaching(seat), text=text, created_at=act.now)
        act.announce(Verb.SAID_BACK, row)
    return row


def propose_approach(
    seat: Seat, about: Role, text: str, kind: str = "", *, part: str = content.WHOLE, missing: str = ""
) -> Approach:
    """Propose how one side's work is spoken of; it counts once the other side agrees (M33).

    `part` is the item it is for, `missing` what the one who proposes says is missing; both sides see it. Raises Refusal if
    that side has taught nothing yet.
    """
    with acting(seat) as act:
        if pages.latest(seat, "ours" if about is seat.role else "theirs") is None:
            raise Refusal(_("There is nothing to say yet, so there is no other way of saying it."))
        row = Approach.objects.write(
            seat, about=about, part=part, missing=missing, kind=kind, text=text, created_at=act.now
        )
        act.announce(Verb.APPROACH_PROPOSED, row)
    return row


def agree_approach(seat: Seat, approach: Approach) -> None:
    """Agree to the approach the other side has proposed (M33). Agreeing twice is agreeing once.

    Raises Refusal for one's own proposal, and for one that another has taken the place of.
    """
    with acting(seat) as act:
        now = pages.approach(seat, Role(approach.about), approach.part)
        if now.agreed and now.agreed.pk == approach.pk and now.proposed is None:
            return
        if approach.side_id == seat.side_id:
            raise Refusal(_("This is your own proposal: %(name)s can agree to it.") % {"name": seat.other.first_name})
        if now.proposed is None or now.proposed.pk != approach.pk:
            raise Refusal(_("Another approach has been proposed since. Have a look at that one."))
        ApproachAcceptance.objects.write(seat, approach=approach, created_at=act.now)
        act.announce(Verb.APPROACH_AGREED, approach)
