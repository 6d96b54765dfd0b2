"""Scenes of a house that a backup is made of: `python -m tests.ops.scenes NAME`, in a data folder of its own.

`small`: Ada and Ben at the first step, with private text.
`load`: the two at the last step, for writing under load; `count`: what came of it.
`many`: a gigabyte more.
`queue`: GOODWORD_LETTERS letters that wait; `left`: how many still do.
`tick`: for GOODWORD_SECONDS, do a job that is due once a second as any worker would; each time a line in the file `ticks`.
`before`: Ada and Ben at the last step, with private text, a lead that names somebody, links that are out and a letter that waits.
`after`: what happens once the backup is made: an invitation taken back, the person forgotten, a letter sent, a calendar link ended.
`look`: what a reader finds, as JSON.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from goodword.encounters import calendar_entries
from goodword.encounters.models import Encounter
from goodword.leads.actions import forgetting, giving
from goodword.leads.actions.giving import Consent
from goodword.leads.lines import LeadLine
from goodword.leads.models import Lead, LeadIdea, LeadPerson
from goodword.ops import jobs
from goodword.ops.worker import Worker
from goodword.people.epochs import Epoch
from goodword.people.models import Person
from goodword.post import outbox
from goodword.post.models import OutboxLetter
from goodword.profiles.models import OwnFile
from goodword.relationships import holding, invitations, starting
from goodword.relationships.doorway import seat_of
from goodword.relationships.journal import Event
from goodword.relationships.steps import Step
from goodword.relationships.verbs import Verb
from tests.cast import Cast

NOTES = Path(settings.DATA).parent / "scene.json"  # beside the data folder: what the scenes tell each other
IDEA = "I might introduce them to my sister"


def small() -> None:
    """Build a world in a moment."""
    cast = Cast()
    for number in range(40):
        LeadIdea.objects.write(cast.ada, words=f"{IDEA} {number}")
    NOTES.write_text(json.dumps({"key": cast.key}))


def load() -> None:
    """Build what is written to under load: Ada and Ben at the last step, Ada signed in."""
    cast = Cast(at=Step.ADVOCATE)
    OutboxLetter.objects.filter(sent_at=None, dropped_at=None).update(sent_at=timezone.now(), content=b"")
    cookie = cast.ada_browser.cookies[settings.SESSION_COOKIE_NAME].value
    NOTES.write_text(json.dumps({"key": cast.key, "session": cookie}))


def many() -> None:
    """Grow by a gigabyte of sealed files."""
    ada = Person.objects.get(email="ada@lane.example")
    for number in range(128):
        file = OwnFile(person=ada, type="application/pdf")
        file.seal(f"Paper {number}", os.urandom(8_000_000))
        file.save(force_insert=True)


def papers() -> None:
    """Add two files to the host's profile."""
    host = Person.objects.create(email="host@vale.example", name="Hope Vale")
    for number in range(2):
        file = OwnFile(person=host, type="application/pdf")
        file.seal(f"Paper {number}", b"%PDF " + str(number).encode() * 100_000)
        file.save(force_insert=True)


def papers_read() -> None:
    """Print what the host's files say, and how large a row is."""
    rows = OwnFile.objects.order_by("id")
    print(json.dumps({"read": [row.unseal()[:6].decode() for row in rows], "rows": [len(row.content) for row in rows]}))


def queue() -> None:
    """Queue many letters that may wait, to as many readers."""
    now, letters = timezone.now(), []
    for number in range(int(os.environ["GOODWORD_LETTERS"])):
        letter = OutboxLetter(kind="digest", address=f"reader{number}@vale.example", made_at=now, due_at=now)
        letters.append(outbox.seal(letter, {"sections": [{"title": "News", "text": f"Number {number}"}]}))
    OutboxLetter.objects.bulk_create(letters, batch_size=1000)


def left() -> None:
    """Print how many letters wait."""
    print(OutboxLetter.objects.filter(sent_at=None, dropped_at=None).count())


def tick() -> None:
    """Work as one of many workers at one job."""
    ticks = Path(settings.DATA).parent / "ticks"

    def note(now: dt.datetime) -> int:
        with ticks.open("a") as file:
            file.write(f"{now.isoformat()}\n")
        return 1

    jobs._jobs.clear()
    jobs.register("tick", note, dt.timedelta(seconds=1))
    jobs.begin(jobs.all_jobs(), timezone.now())
    until = time.monotonic() + float(os.environ["GOODWORD_SECONDS"])
    while time.monotonic() < until:
        jobs.run_due(timezone.now())
        time.sleep(0.01)


def count() -> None:
    """Print how many lines each lead given under load has, by its words, and how many events there are: the half minute in which
    each could be taken back is over."""
    holding.release_due(timezone.now() + holding.WINDOW)
    leads = {lead.key: lead.why for lead in Lead.objects.unscoped().filter(why__startswith="load ")}
    found = dict.fromkeys(leads.values(), 0)
    for key in LeadLine.objects.filter(lead_key__in=leads).values_list("lead_key", flat=True):
        found[leads[key]] += 1
    events = Event.objects.unscoped().filter(verb=Verb.LEAD_GIVEN).count()
    print(json.dumps({"lines": found, "events": events}))


def ideas() -> None:
    """Print the private text of `small`, read by its author."""
    seat = seat_of(Person.objects.get(email="ada@lane.example"), json.loads(NOTES.read_text())["key"])
    print(json.dumps(sorted(idea.words.unseal(seat) for idea in LeadIdea.objects.owned_by(seat))))


def before() -> None:
    """Build the world the backup is made of."""
    cast = Cast(at=Step.ADVOCATE)
    giving.note_idea(cast.ada, IDEA)
    lead = giving.give(
        cast.ben, why="A lease.", route="now", name="Mrs Sorrell", reach="0161 1", consent=Consent(timezone.localdate())
    )
    links = []
    for name in ("Dora Vale", "Ed Hill"):
        seat = starting.start(cast.cleo_person, name=name, business="", town="")
        invitations.write(seat, words="I would like to know your work.", address=f"{name[:4].strip()}@vale.example")
        letter = invitations.offer(seat, by_mail=False)
        links.append({"seat": seat.key, "link": invitations.link_to(letter)})
    feed = calendar_entries.token_of(calendar_entries.open_feed(cast.ada_person))
    cookie = cast.ada_browser.cookies[settings.SESSION_COOKIE_NAME].value
    OutboxLetter.objects.filter(sent_at=None, dropped_at=None).update(sent_at=timezone.now(), content=b"")
    outbox.put("sign-in", "ben@moor.example", values={"code": "123456", "token": "t" * 43})
    NOTES.write_text(
        json.dumps({"key": cast.key, "lead": str(lead.pk), "links": links, "feed": feed, "session": cookie})
    )


def after() -> None:
    """Live on for a while after the backup."""
    notes = json.loads(NOTES.read_text())
    cleo, ben = (Person.objects.get(email=address) for address in ("cleo@stone.example", "ben@moor.example"))
    invitations.take_back(seat_of(cleo, notes["links"][0]["seat"]))
    seat = seat_of(ben, notes["key"])
    forgetting.forget(seat, Lead.objects.visible_to(seat).get(pk=notes["lead"]))
    calendar_entries.close_feed(Person.objects.get(email="ada@lane.example"))
    Session.objects.all().delete()
    Worker().step()


def look() -> None:
    """Print what is found, after a worker has worked for a moment."""
    notes = json.loads(NOTES.read_text())
    Worker().step()
    ada = Person.objects.get(email="ada@lane.example")
    seat = seat_of(ada, notes["key"])
    browser = Client(headers={"host": "localhost"})
    browser.cookies[settings.SESSION_COOKIE_NAME] = notes["session"]
    print(
        json.dumps(
            {
                "ideas": [idea.words.unseal(seat) for idea in LeadIdea.objects.owned_by(seat)],
                "encounters": Encounter.objects.visible_to(seat).count() > 0,
                "named": LeadPerson.objects.unscoped().filter(lead=notes["lead"]).exists(),
                "links": [_opens(one["link"]) for one in notes["links"]],
                "new link": _opens(_new_link(notes["links"][1]["seat"])),
                "feed": _status(reverse("calendar-feed", args=[notes["feed"]])),
                "signed in": browser.get(reverse("today")).status_code == 200,
                "letters sent": OutboxLetter.objects.filter(attempts__gt=0).count() + _letters_in_folder(),
                "epochs": Epoch.objects.count(),
            }
        )
    )


def _new_link(seat: str) -> str:
    cleo = Person.objects.get(email="cleo@stone.example")
    invitation: Any = invitations.of(seat_of(cleo, seat))
    return invitations.link_to(invitation)


def _opens(link: str) -> bool:
    """Whether a letter's link shows the letter."""
    path = link.removeprefix(settings.BASE_URL)
    return "would like to know your work" in Client(headers={"host": "localhost"}).get(path).content.decode()


def _status(path: str) -> int:
    return Client(headers={"host": "localhost"}).get(path).status_code


def _letters_in_folder() -> int:
    return len(list((settings.DATA / "mail").glob("*.eml")))


SCENES = {
    each.__name__: each
    for each in (small, ideas, load, count, many, papers, papers_read, queue, left, tick, before, after, look)
}

if __name__ == "__main__":
    SCENES[sys.argv[1]]()
