"""The kinds of letter in plain words, by what they are about: for the page that stops them and for a person's settings."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

GROUPS: tuple[tuple[Promise, dict[str, Promise]], ...] = (
    (
        _("Getting to know each other"),
        {
            "invitation": _("somebody would like to be able to recommend you"),
            "receipt": _("a receipt when your letter was answered with yes"),
            "answered": _("an answer to a letter of yours"),
            "joined": _("somebody has taken the seat across from you"),
            "seat-given-up": _("somebody has given up the seat across from you"),
            "seat-offer": _("a colleague keeps a seat for you"),
        },
    ),
    (
        _("Meetings"),
        {
            "encounter-planned": _("a meeting is planned"),
            "encounter-off": _("a meeting is called off"),
            "encounter-soon": _("a reminder the day before"),
            "times-offered": _("times to choose from"),
            "encounter-declined": _("somebody can’t come"),
            "encounter-thanks": _("thanks after a meeting"),
            "parting-line": _("a last line when something ends"),
        },
    ),
    (
        _("What is on the table"),
        {
            "on-the-table": _("the other side put something on the table"),
            "table-talk": _("a word on something that lies there"),
            "together": _("you’re asked to open something at the same time"),
            "together-opened": _("what you both opened at the same time"),
            "reservations-asked": _("you’re asked to think something over"),
        },
    ),
    (
        _("Briefings, agreement and teaching"),
        {
            "questions_asked": _("questions before a briefing"),
            "played_back": _("what somebody understood of you"),
            "playback_answered": _("whether you understood it right"),
            "agreement-version": _("new words for the agreement"),
            "agreement-accepted": _("the agreement is accepted"),
            "taught": _("what to say for the other side has changed"),
        },
    ),
    (
        _("Decisions"),
        {
            "gate-opened": _("you both said go on"),
            "decision-made": _("the other side has decided, and you haven’t yet"),
            "another-round": _("you take more time"),
            "paused": _("a pause, and its end"),
            "went-on": _("it goes on after a pause"),
            "ended": _("a relationship has ended"),
        },
    ),
    (
        _("Leads"),
        {
            "lead": _("somebody gives you a lead"),
            "lead-named": _("the name that belongs to a lead"),
            "lead-answer": _("whether your lead is taken up"),
            "lead-report": _("what came of a lead you gave"),
            "lead-news": _("news of your leads, gathered"),
            "lead-word": _("a reminder of a word you promised"),
            "lead-keep": _("whether to keep a lead for longer"),
            "lead-stopped": _("somebody asked not to be recommended"),
            "lead-forgotten": _("a lead was erased"),
            "introduction": _("somebody introduces you"),
            "introduction-copy": _("your copy of an introduction"),
        },
    ),
    (
        _("News"),
        {
            "update": _("the other side tells what is new"),
            "digest": _("the one letter a day, for whoever has letters gathered"),
        },
    ),
)
ALL = {kind: said for _group, kinds in GROUPS for kind, said in kinds.items()}


def words_of(kind: str) -> str:
    """Return what letters of a kind are about."""
    return str(ALL[kind])
