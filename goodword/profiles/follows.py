"""What follows from what happens in this room: verb -> story, rows, news, letter."""

from django.utils.translation import gettext_lazy as _

from goodword.profiles.models import ShownFile
from goodword.relationships.announcements import Announcement, Consequence, Follow
from goodword.relationships.journal import JournalLine
from goodword.relationships.verbs import Verb
from goodword.relationships.waits import Kind


def _profile(one: Announcement) -> tuple[str]:
    return ("their-profile",)


FOLLOWS: dict[Verb, Follow] = {
    Verb.PROFILE_SHOWN: Follow(
        JournalLine(_("You showed your profile"), _("%(name)s showed you a profile")),
        news=Kind.READ_PROFILE,
        news_page=_profile,
    ),
}


def _no_files_of_the_last(one: Announcement) -> None:
    """Let the files that whoever gave up the seat had shown go with them, as they go when an account is closed later."""
    ShownFile.objects.owned_by(one.seat).delete()


ALSO: dict[Verb, tuple[Consequence, ...]] = {Verb.SEAT_GIVEN_UP: (_no_files_of_the_last,)}
