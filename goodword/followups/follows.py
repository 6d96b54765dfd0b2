"""What follows from what happens in this room: verb -> story, rows, news, letter."""

from django.utils.translation import gettext_lazy as _

from goodword.followups import mailing
from goodword.relationships.announcements import Announcement, Follow, about_it
from goodword.relationships.journal import JournalLine, Silent
from goodword.relationships.verbs import Verb
from goodword.relationships.waits import Kind


def _follow_up(one: Announcement) -> tuple[str]:
    return ("follow-up",)


def _review(one: Announcement) -> tuple[str]:
    return ("review",)


FOLLOWS: dict[Verb, Follow] = {
    Verb.RHYTHM_SET: Follow(
        JournalLine(_("You set the rhythm"), _("%(name)s set the rhythm")), news=Kind.READ_RHYTHM, news_page=_follow_up
    ),
    Verb.UPDATE_SENT: Follow(
        JournalLine(_("You sent an update"), _("%(name)s sent an update")), letter=about_it(mailing.send_update)
    ),
    Verb.UPDATE_READ: Follow(Silent("that news was read is shown with the news")),
    Verb.UPDATE_SAID_BACK: Follow(Silent("the news shows it")),
    Verb.REVIEW_ANSWERED: Follow(
        JournalLine(_("You looked at the whole"), _("%(name)s looked at the whole")),
        news=Kind.READ_REVIEW,
        news_page=_review,
    ),
}
