"""The briefings in words: passages, weights, ranges, and what is next."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from goodword.briefings.rules import Passage, People, Weight

Words = str | Promise

# What the listener is asked, and the same as a heading. `%(name)s` is the speaker's first name.
ASKED: dict[Passage, Words] = {
    Passage.DOES: _("What does %(name)s do?"),
    Passage.WHOM: _("For whom?"),
    Passage.WHY: _("Why %(name)s, rather than somebody else?"),
    Passage.WHEN: _("When should you think of %(name)s?"),
}
HINTS: dict[Passage, Words] = {
    Passage.DOES: _("As you would tell somebody who has never heard of it."),
    Passage.WHOM: _("The people and businesses they want to work for, and any they would rather not."),
    Passage.WHY: _("What sets them apart, as you understood it."),
    Passage.WHEN: _("The moment, the remark or the event that should bring them to mind."),
}
HEADINGS: dict[Passage, Words] = {
    Passage.DOES: _("What they do"),
    Passage.WHOM: _("For whom"),
    Passage.WHY: _("Why them"),
    Passage.WHEN: _("When to think of them"),
}
OWN_HEADINGS: dict[Passage, Words] = {
    Passage.DOES: _("What you do"),
    Passage.WHOM: _("For whom"),
    Passage.WHY: _("Why you"),
    Passage.WHEN: _("When to think of you"),
}
WEIGHTS: dict[Weight, Words] = {
    Weight.MET: _("Yes, that is so"),
    Weight.HAPPY: _("No, and I’m happy anyway because…"),
    Weight.NOT_MET: _("No"),
    Weight.UNKNOWN: _("I don’t know yet"),
}
WEIGHED: dict[Weight, Words] = {
    Weight.MET: _("Met"),
    Weight.HAPPY: _("Happy anyway"),
    Weight.NOT_MET: _("Not met"),
    Weight.UNKNOWN: _("Don’t know yet"),
}
PEOPLE: dict[People, Words] = {
    People.NOBODY: _("Nobody yet"),
    People.FEW: _("One or two"),
    People.SOME: _("Three to five"),
    People.MORE: _("More than that"),
}


@dataclass(frozen=True, slots=True)
class Next:
    """What is next in a briefing, in words. `%(name)s` is the other side's first name; an empty label has no button."""

    who: str
    title: Words
    why: Words
    label: Words
    route: str


NEXT: dict[str, Next] = {
    "prepare_questions": Next(
        "ours", _("What do you want to ask %(name)s?"),
        _("Three or four open questions will tell you more than any brochure."),
        _("Prepare your questions"), "briefing-questions",
    ),
    "questions_ready": Next(
        "ours", _("Your questions for %(name)s"),
        _("Take them along, or put some to %(name)s beforehand. During the briefing, tick what you have heard."),
        _("See your questions"), "briefing-questions",
    ),
    "play_back": Next(
        "ours", _("Say back what %(name)s told you"),
        _("In your own words: what they do, for whom, why them, and when to think of them."),
        _("Say it back"), "playback",
    ),
    "play_back_again": Next(
        "ours", _("%(name)s has put something right"),
        _("Read it, and say that part once more in your own words."), _("Say it once more"), "playback",
    ),
    "weigh": Next(
        "ours", _("What does a good advocate have to be, for you?"),
        _("Choose your own criteria and hold %(name)s against them. It is for your side alone."),
        _("Weigh your criteria"), "criteria",
    ),
    "people": Next(
        "ours", _("Whom do you know that %(name)s would want to meet?"),
        _("A range will do, and no names. If it is nobody, this is the moment to notice."), _("Answer"), "people-known",
    ),
    "wait_reply": Next(
        "theirs", _("%(name)s is reading what you understood"),
        _("Every passage comes back confirmed or put right. Nothing is for you to do until then."), "", "",
    ),
    "understood": Next(
        "both", _("You have understood %(name)s"),
        _("%(name)s has confirmed every word of what you said back."), _("See what you said"), "playback",
    ),
    "prepare_telling": Next(
        "ours", _("What do you want %(name)s to know?"),
        _("This briefing is yours. A few notes are enough: the work you want, for whom, and what sets it apart."),
        _("Prepare what to tell"), "briefing-telling",
    ),
    "answer": Next(
        "ours", _("%(name)s has questions for you"),
        _("Answer in writing where that is easier, or leave them for when you meet."),
        _("Read the questions"), "briefing-answers",
    ),
    "purpose": Next(
        "ours", _("Why do you want this relationship?"),
        _("Write it down before the second briefing. If it is to help %(name)s, say so."),
        _("Write down why"), "purpose",
    ),
    "ready_to_speak": Next(
        "ours", _("You have something to start from"),
        _("Add to it whenever something comes to mind."), _("See your notes"), "briefing-telling",
    ),
    "reply": Next(
        "ours", _("Has %(name)s understood you?"),
        _("This is how it was heard. Confirm each passage, or put it right."), _("Read it"), "playback",
    ),
    "wait_playback": Next(
        "theirs", _("%(name)s will say back what was understood"),
        _("When it is there, you confirm it or put it right. Your notes stay at hand."), "", "",
    ),
    "wait_correction": Next(
        "theirs", _("%(name)s is putting it into better words"),
        _("You said what was not quite right. It comes back to you once more."), "", "",
    ),
    "understood_by_them": Next(
        "both", _("%(name)s has understood you"),
        _("You confirmed what was said back, passage by passage."), _("See it again"), "playback",
    ),
}  # fmt: skip


def said(code: str, name: str) -> Next:
    """Return what is next with the other side's first name filled in."""
    kind = NEXT[code]
    return replace(kind, title=str(kind.title) % {"name": name}, why=str(kind.why) % {"name": name})
