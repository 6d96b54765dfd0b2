"""Everybody reads times in their own zone: taken from the browser at signing in, until the person has said which."""

from collections.abc import Callable
from zoneinfo import available_timezones

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from goodword.ground.moments import DEFAULT_ZONE, zone
from goodword.people.models import Person

# One line for each clock that people live by, from west to east; a person's own zone joins the list wherever it is.
SHORT: dict[str, Promise] = {
    "Pacific/Honolulu": _("Honolulu"),
    "America/Anchorage": _("Anchorage"),
    "America/Los_Angeles": _("Los Angeles, Vancouver"),
    "America/Denver": _("Denver, Calgary"),
    "America/Phoenix": _("Phoenix"),
    "America/Chicago": _("Chicago, Winnipeg"),
    "America/Mexico_City": _("Mexico City"),
    "America/Bogota": _("Bogotá, Lima"),
    "America/New_York": _("New York, Toronto"),
    "America/Caracas": _("Caracas, Manaus"),
    "America/Halifax": _("Halifax"),
    "America/Santiago": _("Santiago de Chile"),
    "America/St_Johns": _("St John’s"),
    "America/Sao_Paulo": _("São Paulo, Buenos Aires"),
    "Atlantic/Reykjavik": _("Reykjavík, Accra"),
    "Europe/London": _("London, Edinburgh"),
    "Europe/Dublin": _("Dublin"),
    "Europe/Lisbon": _("Lisbon"),
    "Africa/Lagos": _("Lagos"),
    "Europe/Berlin": _("Berlin, Paris, Rome, Madrid"),
    "Africa/Johannesburg": _("Johannesburg"),
    "Africa/Cairo": _("Cairo"),
    "Europe/Athens": _("Athens, Helsinki, Kyiv"),
    "Asia/Jerusalem": _("Jerusalem, Tel Aviv"),
    "Europe/Istanbul": _("Istanbul, Riyadh, Nairobi"),
    "Europe/Moscow": _("Moscow"),
    "Asia/Tehran": _("Tehran"),
    "Asia/Dubai": _("Dubai"),
    "Asia/Kabul": _("Kabul"),
    "Asia/Karachi": _("Karachi"),
    "Asia/Kolkata": _("Delhi, Mumbai"),
    "Asia/Kathmandu": _("Kathmandu"),
    "Asia/Dhaka": _("Dhaka"),
    "Asia/Yangon": _("Yangon"),
    "Asia/Bangkok": _("Bangkok, Jakarta"),
    "Asia/Singapore": _("Singapore, Hong Kong, Perth"),
    "Asia/Tokyo": _("Tokyo, Seoul"),
    "Australia/Darwin": _("Darwin"),
    "Australia/Adelaide": _("Adelaide"),
    "Australia/Brisbane": _("Brisbane"),
    "Australia/Sydney": _("Sydney, Melbourne"),
    "Pacific/Noumea": _("Nouméa"),
    "Pacific/Auckland": _("Auckland"),
    "Pacific/Tongatapu": _("Nukuʻalofa"),
}


def is_zone(name: str) -> bool:
    """Whether this is the name of a place's clock, as browsers say it."""
    return (
        "/" in name and len(name) <= 60 and not name.startswith(("Etc/", "SystemV/")) and name in available_timezones()
    )


def place(name: str) -> str:
    """Return what a zone is called on a page: the cities of the short list, otherwise its own last word."""
    return str(SHORT.get(name) or name.rpartition("/")[2].replace("_", " "))


def choices(own: str) -> list[tuple[str, str]]:
    """Return the short list, with one's own zone in it wherever that is."""
    listed = [] if own in SHORT else [(own, place(own))]
    return [*listed, *((name, str(said)) for name, said in SHORT.items())]


def note_zone(person: Person, name: str) -> None:
    """Take the zone a browser names, while the person has not said which is theirs. Nonsense is passed over."""
    if person.zone_said_at is None and name != person.zone and is_zone(name):
        person.zone = name
        person.save(update_fields=["zone"])


class OwnZone:
    """Middleware: the reader's zone for the length of one request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the reader's zone; in the house's own for somebody who has not signed in."""
        with timezone.override(zone(getattr(request.user, "zone", DEFAULT_ZONE))):
            return self.get_response(request)
