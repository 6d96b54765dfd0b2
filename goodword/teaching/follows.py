"""What follows from what happens in this room: verb -> story, rows, news, letter."""

from django.utils.translation import gettext_lazy as _

from goodword.relationships.announcements import Follow, about_it
from goodword.relationships.journal import JournalLine, Silent, together
from goodword.relationships.verbs import Verb
from goodword.teaching import mailing

FOLLOWS: dict[Verb, Follow] = {
    Verb.TAUGHT: Follow(
        JournalLine(
            _("You wrote down what %(name)s could say for you"), _("%(name)s wrote down what you could say for them")
        ),
        letter=about_it(mailing.send_teaching),
    ),
    Verb.COMFORT_SAID: Follow(Silent("how somebody feels is said between the two, not told as a story")),
    Verb.SAID_BACK: Follow(JournalLine(_("You said the words back"), _("%(name)s said your words back"))),
    Verb.APPROACH_PROPOSED: Follow(Silent("what the two agree on is the story")),
    Verb.APPROACH_AGREED: Follow(together(_("You agreed on an approach"))),
}
