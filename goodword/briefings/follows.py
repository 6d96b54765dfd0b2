"""What follows from what happens in this room: verb -> story, rows, news, letter."""

from django.utils.translation import gettext_lazy as _

from goodword.briefings import mailing
from goodword.relationships.announcements import Announcement, Follow, about_it
from goodword.relationships.journal import JournalLine, Silent, together
from goodword.relationships.verbs import Verb
from goodword.relationships.waits import Kind


def _after_questions(one: Announcement) -> None:
    mailing.tell_of_questions(one.seat, one.now)


def _answers(one: Announcement) -> tuple[str]:
    return ("briefing-answers",)


def _purpose(one: Announcement) -> tuple[str]:
    return ("purpose",)


FOLLOWS: dict[Verb, Follow] = {
    Verb.QUESTIONS_ASKED: Follow(
        JournalLine(_("You asked %(name)s your questions"), _("%(name)s asked you some questions")),
        letter=_after_questions,
        news=Kind.READ_QUESTIONS,
        news_page=_answers,
    ),
    Verb.QUESTION_TAKEN_BACK: Follow(Silent("what was taken back leaves no story")),
    Verb.QUESTION_HEARD: Follow(Silent("the briefing shows it")),
    Verb.QUESTION_OPEN_AGAIN: Follow(Silent("the briefing shows it")),
    Verb.QUESTION_ANSWERED: Follow(
        JournalLine(_("You answered a question"), _("%(name)s answered a question")),
        news=Kind.READ_ANSWER,
        news_page=_answers,
    ),
    Verb.ANSWER_UNCLEAR: Follow(Silent("the briefing shows it")),
    Verb.ANSWER_CLEAR: Follow(Silent("the briefing shows it")),
    Verb.PLAYED_BACK: Follow(
        JournalLine(_("You played the briefing back"), _("%(name)s played your briefing back")),
        letter=about_it(mailing.tell_of_playback),
    ),
    Verb.PLAYBACK_CONFIRMED: Follow(
        JournalLine(_("You confirmed what was said back"), _("%(name)s confirmed what you said back")),
        letter=about_it(mailing.tell_of_reading),
    ),
    Verb.PLAYBACK_CORRECTED: Follow(
        JournalLine(_("You put right what was said back"), _("%(name)s put right what you said back")),
        letter=about_it(mailing.tell_of_reading),
    ),
    Verb.SAID_BACK_ALOUD: Follow(
        JournalLine(_("You said it back at the table"), _("%(name)s said it back at the table"))
    ),
    Verb.RIGHT_ALOUD: Follow(
        JournalLine(_("You said that %(name)s had it right"), _("%(name)s said that you had it right"))
    ),
    Verb.ORDER_PROPOSED: Follow(Silent("it waits for an answer; the answer is the story")),
    Verb.ORDER_CHANGED: Follow(together(_("You changed who tells first"))),
    Verb.ORDER_KEPT: Follow(Silent("nothing changed")),
    Verb.PURPOSE_ASKED: Follow(
        Silent("it waits for an answer; the answer is the story"), news=Kind.SHOW_PURPOSE, news_page=_purpose
    ),
    Verb.PURPOSE_SHOWN: Follow(
        JournalLine(_("You showed why you want this"), _("%(name)s showed why they want this")),
        news=Kind.READ_PURPOSE,
        news_page=_purpose,
    ),
}
