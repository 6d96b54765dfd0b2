"""A day in a house of its own: run as a program, it writes a word into every private place of a data folder, and dies.

It ends without closing anything, as a house does whose power is cut: what lies in the write-ahead log stays there.
"""

from __future__ import annotations

import os
import sys


def live(word: str) -> None:
    """Write the word into every private field on both sides, by acts and by forms; leave some of it waiting; send letters."""
    from django.test import Client
    from django.urls import reverse

    from goodword.ops import schedule
    from goodword.post.delivery import deliver_due
    from goodword.relationships import starting
    from goodword.relationships.steps import Step
    from tests.alone.secrets import keep_one_that_was
    from tests.cast import Cast
    from tests.house.world import ROOMS, secrets_of
    from tests.leads.secrets import plant_name
    from tests.reservations.secrets import plant_waiting

    schedule.register_jobs()
    cast = Cast(at=Step.ADVOCATE)
    for seat in (cast.ada, cast.abe, cast.ben):
        for room in ROOMS:
            module = secrets_of(room)
            if module is not None and hasattr(module, "plant"):
                module.plant(seat, word)
    by_herself = starting.start(cast.ada_person, name="Tom Hale")
    starting.keep_alone(by_herself)
    keep_one_that_was(by_herself, word)
    browser = cast.ada_browser
    kept = reverse("reservations", args=[cast.key])
    browser.post(reverse("draft", args=[cast.key]), {"place": "side", "text": f"{word} half typed"})
    browser.post(kept, {"drawer": "mine", "text": f"{word} kept by a form"})
    browser.post(kept, {"drawer": "mine", "text": word * 1000})  # too long: refused, and shown again
    browser.get(f"/r/{cast.key}/encounters?q={word}")
    browser.get(f"/leads?q={word}")
    browser.get(f"/r/{word}/reservations")
    Client().post(reverse("sign-in"), {"email": "dora@else.example"})
    while deliver_due(10):
        pass
    plant_waiting(cast.ada, word)
    plant_name(cast.ben, word)
    print(f"key {cast.key}")


if __name__ == "__main__":
    import django
    from django.test import override_settings

    django.setup()
    plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with override_settings(STORAGES=plain):
        live(sys.argv[1])
    sys.stdout.flush()
    os._exit(0)
