"""What can be done with the agreement: word it, word it anew, accept it (M27)."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from goodword.agreements import queries, rules, wording
from goodword.agreements.models import Acceptance, AgreementVersion, OfferedClause, VersionClause
from goodword.agreements.rules import ClauseWords
from goodword.agreements.wording import Choices
from goodword.ground.refusals import Refusal
from goodword.relationships.acting import Act, acting
from goodword.relationships.models import Seat
from goodword.relationships.verbs import Verb


def write_version(
    seat: Seat, clauses: Sequence[ClauseWords], choices: Choices, based_on: AgreementVersion | None = None
) -> AgreementVersion:
    """Put a new wording on the table; its writer accepts it by writing it (M27). The old ones are kept.

    Raises Refusal before the step it belongs to, if the other side has put a newer version there meanwhile, if nothing
    changed, if money is not mentioned, or if the day to look at it again is not within the next 24 months.
    """
    with acting(seat) as act:
        newest = queries.latest(seat)
        _refuse_early(seat)
        _refuse_old_version(seat, newest, based_on)
        said = wording.complete(_joint(seat, clauses, choices, newest), choices)
        _refuse_wording(said, choices, newest)
        version = _keep(seat, act, said, choices, newest)
        Acceptance.objects.write(seat, version=version, content_hash=version.content_hash, created_at=act.now)
        act.announce(Verb.AGREEMENT_WRITTEN, version)
    return version


def accept(seat: Seat, seen_hash: str) -> AgreementVersion:
    """Accept the newest version, in the words that were read (M27). Accepting it twice is accepting it once.

    Raises Refusal if there is nothing to accept, or if the newest words are not the ones that were read.
    """
    with acting(seat) as act:
        newest = queries.latest(seat)
        if newest is None:
            raise Refusal(_("Nothing is written down yet."))
        if newest.content_hash != seen_hash:
            raise Refusal(
                _("It has changed since you read it. Here are the newest words: accept them if they are yours too.")
            )
        if not Acceptance.objects.owned_by(seat).filter(version=newest).exists():
            Acceptance.objects.write(seat, version=newest, content_hash=seen_hash, created_at=act.now)
            act.announce(Verb.AGREEMENT_ACCEPTED, newest)
    return newest


def adopt(seat: Seat, writer: Seat, text: str) -> AgreementVersion:
    """Write down what both had agreed on before it was written here: one clause in `writer`'s words, accepted by both.

    `seat` is the other side's, which has just confirmed it.
    """
    said = [ClauseWords("from_before", _("How we do it"), text)]
    choices = Choices(rules.usual_review(timezone.localdate()))
    with acting(writer) as act:
        version = _keep(writer, act, said, choices, queries.latest(writer))
        for each in (writer, seat):
            Acceptance.objects.write(each, version=version, content_hash=version.content_hash, created_at=act.now)
        act.announce(Verb.AGREEMENT_ACCEPTED, version)
    return version


def clause_from_reservation(seat: Seat, text: str, origin: str, title: str = "") -> OfferedClause:
    """Offer a clause that a shared reservation turned into, for the next version. `origin` is the reservation's key.

    A reservation offers one clause: asked again, the first one is returned. Both sides see it, so call it only for a
    reservation on the table.
    """
    with acting(seat) as act:
        offered = OfferedClause.objects.visible_to(seat).filter(origin=origin).first()
        if offered is None:
            name = seat.side.person_name
            words = rules.with_name_of(text, name)
            offered = OfferedClause.objects.write(
                seat,
                title=title or rules.title_by(rules.title_of(text), name),
                text=words,
                origin=origin,
                created_at=act.now,
            )
            act.announce(Verb.CLAUSE_OFFERED, offered)
    return offered


def _joint(
    seat: Seat, clauses: Sequence[ClauseWords], choices: Choices, newest: AgreementVersion | None
) -> list[ClauseWords]:
    """Return clauses in which nobody is "I": new words that speak so have their writer's name before them."""
    (before,) = queries.clauses_of(seat, newest)
    stood = {each.clause: each for each in before}
    return [
        each
        if wording.stands_in_playbook_words(each, choices)
        else rules.in_joint_words(each, stood.get(each.clause), seat.side.person_name)
        for each in clauses
    ]


def _refuse_early(seat: Seat) -> None:
    if not rules.may_write(seat.at):
        raise Refusal(_("The agreement comes after the second briefing. Until then there is nothing to hold you to."))


def _refuse_old_version(seat: Seat, newest: AgreementVersion | None, based_on: AgreementVersion | None) -> None:
    if (newest and newest.pk) != (based_on and based_on.pk):
        said = _(
            "%(name)s has put another version on the table since you began. Your words are still here: "
            "read that version first, then decide whether to send yours."
        )
        raise Refusal(said % {"name": seat.other.first_name})


def _refuse_wording(said: Sequence[ClauseWords], choices: Choices, newest: AgreementVersion | None) -> None:
    if not any(each.clause == rules.MONEY for each in rules.present(said)):
        raise Refusal(_("Say something about money, even if it is that there is none."))
    if len(said) > rules.MOST_CLAUSES:
        raise Refusal(_("That is a great many clauses. Keep it to sixty, so that both of you can remember it."))
    if not rules.may_review_on(timezone.localdate(), choices.review_on):
        raise Refusal(_("Choose a day within the next two years to look at it again."), "review_on")
    if newest and newest.content_hash == rules.content_hash(said):
        raise Refusal(
            _("These are the same words as version %(number)s. Change some of them first.") % {"number": newest.number}
        )


def _keep(
    seat: Seat, act: Act, said: Sequence[ClauseWords], choices: Choices, newest: AgreementVersion | None
) -> AgreementVersion:
    version = AgreementVersion.objects.write(
        seat,
        number=newest.number + 1 if newest else 1,
        based_on=newest,
        content_hash=rules.content_hash(said),
        review_on=choices.review_on,
        trial_until=choices.trial_until,
        contact_days=choices.contact_days,
        report_days=choices.report_days,
        words=dict(choices.words),
        created_at=act.now,
    )
    for position, each in enumerate(said):
        VersionClause.objects.write(
            seat,
            version=version,
            position=position,
            clause=each.clause,
            title=each.title,
            text=each.text,
            reason=each.reason,
            origin=each.origin,
            created_at=act.now,
        )
    return version
