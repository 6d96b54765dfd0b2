"""A house with a canary in every private field, and a crawl through it: `python -m tests.durability.canaries plant` or `crawl`.

`plant`: live the whole story, and note every address of the site beside the data folder.
`crawl`: read all of them as those GOODWORD_AS names; print how many pages those were, and for each the addresses that showed a canary.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import django

django.setup()

from django.conf import settings
from django.core import mail
from django.test import Client

from goodword.people.models import Person
from goodword.reservations.actions import together
from tests.cast import signed_in
from tests.house.test_canaries import WORD
from tests.house.world import World, addresses, read
from tests.reservations.secrets import plant_waiting

NOTES = Path(settings.DATA).parent / "canaries.json"


def plant() -> None:
    """Build the world, and plant."""
    settings.EMAIL_BACKEND, mail.outbox = "django.core.mail.backends.locmem.EmailBackend", []
    world = World()
    for who in ("ada", "abe"):
        world.plant(world.seat(who), WORD + who.title())
    together.call_off(world.ben, world.open_reveal)
    plant_waiting(world.ada, WORD)
    world.open_reveal = together.propose(world.ben, None)
    people = {
        "ada": world.ada_person,
        "ben": world.ben_person,
        "bea": world.bea.person,
        "cleo": world.cleo_person,
        "eve": world.eve_person,
    }
    paths = [address.path for address in addresses(world) if "GET" in address.methods]
    addresses_of = {who: one.email for who, one in people.items() if one is not None}
    NOTES.write_text(json.dumps({"paths": paths, "people": addresses_of, "invitation": world.invitation.key}))


def crawl() -> None:
    """Read every address as each, and print what was found."""
    notes = json.loads(NOTES.read_text())
    found = {who: shown(_browser(who, notes), notes["paths"]) for who in os.environ["GOODWORD_AS"].split()}
    print(json.dumps({"pages": len(notes["paths"]) * len(found), "found": found}))


def shown(browser: Client, paths: list[str]) -> list[str]:
    """Return the addresses at which a browser is shown a canary."""
    return [path for path in paths if WORD in read(browser.get(path))]


def _browser(who: str, notes: dict[str, dict[str, str]]) -> Client:
    if who in notes["people"]:
        return signed_in(Person.objects.get(email=notes["people"][who]))
    browser = Client()
    if who == "guest":
        session = browser.session
        session["invitation"] = notes["invitation"]
        session.save()
    return browser


if __name__ == "__main__":
    {"plant": plant, "crawl": crawl}[sys.argv[1]]()
