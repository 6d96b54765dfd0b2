"""What follows from what happens in this room: verb -> story, rows, news, letter."""

from django.utils.translation import gettext_lazy as _

from goodword.agreements import mailing
from goodword.relationships.announcements import Follow, about_it
from goodword.relationships.journal import JournalLine, Silent
from goodword.relationships.verbs import Verb

FOLLOWS: dict[Verb, Follow] = {
    Verb.AGREEMENT_WRITTEN: Follow(
        JournalLine(_("You wrote a version of the agreement"), _("%(name)s wrote a version of the agreement")),
        letter=about_it(mailing.send_version),
    ),
    Verb.AGREEMENT_ACCEPTED: Follow(
        JournalLine(_("You accepted the agreement"), _("%(name)s accepted the agreement")),
        letter=about_it(mailing.send_acceptance),
    ),
    Verb.CLAUSE_OFFERED: Follow(Silent("the agreement shows it")),
}
