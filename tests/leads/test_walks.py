"""A thousand random histories of leads: no name crosses without a recorded agreement, and no lead is lost from sight."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goodword.ground.refusals import Refusal
from goodword.leads import rules
from goodword.leads.actions import forgetting, giving, introducing, receiving
from goodword.leads.actions.giving import Consent
from goodword.leads.lines import LeadLine
from goodword.leads.models import (
    Lead,
    LeadAnswer,
    LeadConsent,
    LeadIntroduction,
    LeadPerson,
    LeadReport,
)
from goodword.post.models import OutboxLetter
from goodword.post.outbox import values_of
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from tests.cast import Cast
from tests.leads.words import no_word_yet, waiting_for_my_word

GIVING = ("ask", "card", "together", "now", "now without a word of theirs")
LATER = (
    "agree",
    "contact",
    "accept",
    "back",
    "report",
    "undo",
    "withdraw",
    "stop",
    "forget",
    "lapse",
    "idea",
    "draft",
    "introduce",
)
MANY = (
    1000 if connection.vendor == "sqlite" else 200
)  # the rules are the same on both engines; PostgreSQL takes its time
NAME, REACH = "Zinnober", "zinnober@else.example"


@pytest.fixture
def seats(db: None) -> tuple[Seat, Seat]:
    """Return the seats of Ada and Ben where leads may be given."""
    made = Cast(at=Step.ADVOCATE)
    OutboxLetter.objects.all().delete()
    return made.ada, made.ben


class Walk:
    """One history: what was done that went through, and what the other side could read of it at any moment."""

    def __init__(self, ada: Seat, ben: Seat) -> None:
        self.ada, self.ben, self.agreed = ada, ben, set[str]()

    def does(self, act: str, number: int) -> None:
        """Do one thing, as whoever may do it; a refusal is an answer too."""
        leads = list(Lead.objects.visible_to(self.ben).order_by("id"))
        with suppress(Refusal):
            if act in GIVING:
                lead = self.give(act, number)
                if act == "now":
                    self.agreed.add(lead.key)
            elif leads:
                self.later(act, number, leads[number % len(leads)])

    def give(self, act: str, number: int) -> Lead:
        """Give a lead of that kind; the name is always typed, whatever the route."""
        consent = Consent(timezone.localdate()) if act != GIVING[-1] else None
        return giving.give(
            self.ben, why=f"Number {number}.", route=act[:8].split(" ")[0], name=NAME, reach=REACH, consent=consent
        )

    def later(self, act: str, number: int, lead: Lead) -> None:
        """Do something with a lead that was given."""
        consent = Consent(timezone.localdate())
        match act:
            case "agree":
                giving.record_agreement(self.ben, lead, name=NAME, reach=REACH, consent=consent)
                self.agreed.add(lead.key)
            case "contact":
                giving.keep_contact(self.ben, lead, name=NAME, reach=REACH)
            case "accept":
                receiving.accept(self.ada, lead)
            case "back":
                receiving.send_back(self.ada, lead, reason="no_room")
            case "report":
                receiving.report(self.ada, lead, outcome=rules.OUTCOMES[number % 7], line=str(number))
            case "undo":
                for said in receiving._standing(self.ada, lead)[-1:]:
                    receiving.take_back_report(self.ada, lead, said)
            case "withdraw":
                giving.withdraw(self.ben, lead)
            case "stop":
                forgetting.stop_me(lead)
            case "forget":
                forgetting.forget_me(lead)
            case "lapse":
                forgetting.lapse_due(timezone.now() + dt.timedelta(days=60))
            case "idea":
                giving.note_idea(self.ben, NAME)
            case "draft":
                introducing.draft(self.ben, lead, f"Dear {NAME}")
            case _:
                introducing.introduce(self.ben, lead, f"Dear {NAME}", "ours")

    def named(self) -> set[str]:
        """Return the leads whose name Ada's list shows."""
        lines = LeadLine.objects.filter(person_id=self.ada.person_id, search_text__contains=NAME.casefold())
        return set(lines.values_list("lead_key", flat=True))

    def crossed(self) -> set[str]:
        """Return the leads of which something on the table, on Ada's list or on its way holds the name."""
        said: dict[str, str] = {}
        for model in (LeadPerson, LeadIntroduction, LeadAnswer, LeadReport):
            for row in model.objects.visible_to(self.ada).select_related("lead"):  # type: ignore[attr-defined]
                said[row.lead.key] = said.get(row.lead.key, "") + repr(row.__dict__)
        for lead in Lead.objects.visible_to(self.ada):
            said[lead.key] = said.get(lead.key, "") + repr(lead.__dict__)
        for line in LeadLine.objects.filter(person_id=self.ada.person_id):
            said[line.lead_key] = said.get(line.lead_key, "") + repr(line.__dict__)
        for letter in OutboxLetter.objects.exclude(content=b""):
            key = str(letter.once).split(":")[1]
            said[key] = said.get(key, "") + repr(values_of(letter)) + letter.address
        return {key for key, text in said.items() if NAME.casefold() in text.casefold()}

    def lost(self) -> list[Lead]:
        """Return the leads that neither ended, nor had an outcome reported, nor show as waiting where somebody would look."""
        quiet = {lead.key for lead in no_word_yet(self.ben)}
        asked = {lead.key for lead in waiting_for_my_word(self.ada)}
        lines = {line.lead_key: line for line in LeadLine.objects.filter(person_id=self.ada.person_id)}
        named = set(LeadPerson.objects.visible_to(self.ada).values_list("lead__key", flat=True))
        found = []
        for lead in Lead.objects.visible_to(self.ben):
            if not lead.is_open:
                at_rest = lead.key not in quiet | asked and not lines[lead.key].waiting
            elif lead.outcome:
                at_rest = lines[lead.key].group != "quiet" or lead.outcome == "no_answer"
            else:
                hers = lead.state == "offered" or rules.can_speak(lead.route, lead.key in named)
                at_rest = lead.key in quiet and (lead.key in asked) == bool(lines[lead.key].waiting) == hers
            found += [] if at_rest else [lead]
        return found


HISTORY = st.tuples(
    st.sampled_from(GIVING),
    st.lists(st.tuples(st.sampled_from((*GIVING, *LATER, *LATER)), st.integers(0, 6)), max_size=5),
)


@pytest.mark.sql
@settings(max_examples=MANY, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HISTORY)
def test_in_a_thousand_histories_no_name_crosses_unagreed_and_no_lead_is_lost(
    seats: tuple[Seat, Seat], history: tuple[str, list[tuple[str, int]]]
) -> None:
    first, rest = history
    with transaction.atomic():
        walk = Walk(*seats)
        for act, number in [(first, 9), *rest]:
            walk.does(act, number)
            assert walk.named() <= walk.agreed, act
        assert walk.crossed() <= walk.agreed and walk.lost() == []
        assert set(LeadConsent.objects.visible_to(walk.ada).values_list("lead__key", flat=True)) == walk.agreed
        transaction.set_rollback(True)
