"""What each room does when the house opens: it registers its letters; the gates say what is next."""

from django.core.checks import register

from goodword.agreements import mailing as agreements_mailing
from goodword.agreements.actions import clause_from_reservation
from goodword.briefings import mailing as briefings_mailing
from goodword.desk import next_up
from goodword.encounters import mailing as encounters_mailing
from goodword.encounters.actions import record_first_meeting
from goodword.encounters.parting import proposed_by
from goodword.followups import mailing as followups_mailing
from goodword.followups.queries import proposed_at_parting
from goodword.gates import mailing as gates_mailing
from goodword.leads import mailing as leads_mailing
from goodword.people import mailing as people_mailing
from goodword.relationships import invitations, projection
from goodword.relationships import mailing as relationships_mailing
from goodword.relationships.models import Invitation, Seat
from goodword.reservations import mailing as reservations_mailing
from goodword.reservations.actions.tabled import clauses_go_to
from goodword.teaching import mailing as teaching_mailing
from goodword.ui.doors import check_doors


def open_house() -> None:
    """Open every room, once, when Django is ready."""
    register(check_doors)
    agreements_mailing.open_room()
    briefings_mailing.open_room()
    leads_mailing.open_room()
    followups_mailing.open_room()
    encounters_mailing.open_room()
    people_mailing.open_room()
    relationships_mailing.open_room()
    reservations_mailing.open_room()
    clauses_go_to(clause_from_reservation)
    proposed_by(proposed_at_parting)
    teaching_mailing.open_room()
    gates_mailing.open_room()
    projection.decided_by(next_up.decide)
    invitations.when_joined(record_the_meeting_they_began_with)


def record_the_meeting_they_began_with(inviter: Seat, letter: Invitation) -> None:
    """Put the meeting a letter speaks of on the table when the table is laid (M9)."""
    if letter.met_on:
        record_first_meeting(inviter, letter.met_on, letter.met_where)
