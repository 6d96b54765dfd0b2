"""What each room does when the house opens: it registers its letters; the gates say what is next."""

from django.core.checks import register

from goodword.agreements import mailing as agreements_mailing
from goodword.people import mailing as people_mailing
from goodword.relationships import mailing as relationships_mailing
from goodword.ui.doors import check_doors


def open_house() -> None:
    """Open every room, once, when Django is ready."""
    register(check_doors)
    agreements_mailing.open_room()
    people_mailing.open_room()
    relationships_mailing.open_room()
