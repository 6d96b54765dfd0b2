"""What follows from what happens in this room: verb -> story, rows, news, letter."""

from django.utils.translation import gettext_lazy as _

from goodword.relationships.announcements import Announcement, Follow, about_it
from goodword.relationships.journal import JournalLine, Silent, together
from goodword.relationships.verbs import Verb
from goodword.relationships.waits import Kind
from goodword.reservations import mailing


def _talk(one: Announcement) -> None:
    mailing.send_talk(one.seat, one.thing, one.now)


def _table_page(one: Announcement) -> tuple[str, str]:
    return "tabled", one.key


def _reveal_page(one: Announcement) -> tuple[str]:
    return ("together",)


FOLLOWS: dict[Verb, Follow] = {
    Verb.CHECK_DONE: Follow(JournalLine(_("You did your reservation check"), _("%(name)s did a reservation check"))),
    Verb.RESERVATIONS_ASKED: Follow(
        JournalLine(_("You asked %(name)s to think it over"), _("%(name)s asked you to think it over")),
        letter=about_it(mailing.send_question),
    ),
    Verb.PUT_ON_THE_TABLE: Follow(
        JournalLine(_("You put a reservation on the table"), _("%(name)s put a reservation on the table")),
        letter=about_it(mailing.send_on_the_table),
        news=Kind.READ_TABLED,
        news_page=_table_page,
    ),
    Verb.RESERVATION_REMARKED: Follow(
        Silent("the talk stands under the reservation"), letter=_talk, news=Kind.READ_REMARK, news_page=_table_page
    ),
    Verb.RESERVATION_SETTLED: Follow(
        Silent("the table shows what became of it"), letter=_talk, news=Kind.READ_REMARK, news_page=_table_page
    ),
    Verb.RESERVATION_LIVED_WITH: Follow(
        Silent("the table shows what became of it"), letter=_talk, news=Kind.READ_REMARK, news_page=_table_page
    ),
    Verb.RESERVATION_REOPENED: Follow(
        Silent("the table shows it"), letter=_talk, news=Kind.READ_REMARK, news_page=_table_page
    ),
    Verb.DEAL_BREAKER_CALLED: Follow(
        Silent("the table shows it, and it is not repeated elsewhere"),
        letter=_talk,
        news=Kind.READ_REMARK,
        news_page=_table_page,
    ),
    Verb.DEAL_BREAKER_WITHDRAWN: Follow(
        Silent("the table shows it"), letter=_talk, news=Kind.READ_REMARK, news_page=_table_page
    ),
    Verb.REVEAL_PROPOSED: Follow(
        Silent("the envelopes' own page shows how far they are"),
        letter=about_it(mailing.send_together),
        news=Kind.REVEAL,
        news_page=_reveal_page,
    ),
    Verb.REVEAL_READY: Follow(Silent("the envelopes' own page shows how far they are")),
    Verb.REVEAL_NOT_READY: Follow(Silent("the envelopes' own page shows how far they are")),
    Verb.REVEAL_CALLED_OFF: Follow(Silent("nothing came of it")),
    Verb.REVEAL_OPENED: Follow(
        together(_("You opened your envelopes together")),
        letter=about_it(mailing.send_opening),
    ),
}
