"""The briefings in words: passages, weights, ranges. What waits has its words in the hall's one table."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from goodword.briefings.rules import Passage, PeopleRange, Weight

Words = str | Promise

# What the listener is asked, and the same as a heading. `%(name)s` is the speaker's first name.
PASSAGE_QUESTIONS: dict[Passage, Words] = {
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
WEIGHTS_IN_PLACE: dict[Weight, Words] = {
    Weight.MET: _("Yes"),
    Weight.NOT_MET: _("No"),
    Weight.UNKNOWN: _("I don’t know yet"),
}
WEIGHT_WORDS: dict[Weight, Words] = {
    Weight.MET: _("Met"),
    Weight.HAPPY: _("Happy anyway"),
    Weight.NOT_MET: _("Not met"),
    Weight.UNKNOWN: _("Don’t know yet"),
}
PEOPLE: dict[PeopleRange, Words] = {
    PeopleRange.NOBODY: _("Nobody yet"),
    PeopleRange.FEW: _("One or two"),
    PeopleRange.SOME: _("Three to five"),
    PeopleRange.MORE: _("More than that"),
}
