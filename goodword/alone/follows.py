"""What follows from what happens in this room: verb -> story, news. What one keeps alone announces nothing."""

from django.utils.translation import gettext_lazy as _

from goodword.relationships.announcements import Announcement, Follow
from goodword.relationships.journal import JournalLine, Silent
from goodword.relationships.verbs import Verb
from goodword.relationships.waits import Kind


def _opening_page(one: Announcement) -> tuple[str]:
    return ("opened",)


FOLLOWS: dict[Verb, Follow] = {
    Verb.OPENED: Follow(
        JournalLine(_("You opened what you had kept from before"), _("%(name)s opened what they had kept from before"))
    ),
    Verb.OPENING_CONFIRMED: Follow(
        JournalLine(_("You confirmed something from before"), _("%(name)s confirmed something from before")),
        news=Kind.READ_CONFIRMED,
        news_page=_opening_page,
    ),
    Verb.OPENING_CORRECTED: Follow(
        JournalLine(_("You put something from before right"), _("%(name)s put something from before right"))
    ),
    Verb.OPENING_DECLINED: Follow(Silent("what is not confirmed leaves nothing behind")),
}
