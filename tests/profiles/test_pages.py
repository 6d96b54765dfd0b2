"""Profiles through the front door: written once, shown in each relationship when one says so, worded otherwise where one likes."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from goodword.profiles.models import OwnFile, ShownFile, ShownProfile
from tests.cast import Cast, half_a_minute, joined, signed_in
from tests.profiles.secrets import picture

WORK = {
    "kind": "practice",
    "does": "Plain advice on buying a house.",
    "whom": "Families who move.",
    "hopes": "Good company.",
}
STORY = {"title": "The mill", "short": "A wall was not theirs. We found the deed.", "notes": "Leave out the village."}


@pytest.fixture
def written(cast: Cast) -> Cast:
    """Return the cast with Ada's profile written, a story told and a picture added; nothing shown to anybody."""
    cast.ada_browser.post("/profile", WORK)
    cast.ada_browser.post("/profile/stories/1", STORY)
    cast.ada_browser.post("/profile/files", {"title": "The office", "file": SimpleUploadedFile("a.jpg", picture())})
    return cast


def at(cast: Cast, rest: str = "") -> str:
    return f"/r/{cast.key}/profile{rest}"


def page(browser: Client, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def show(cast: Cast, **otherwise: object) -> None:
    """Have Ada word her profile for Ben, read it through and show it."""
    start = {
        "does": WORK["does"],
        "whom": WORK["whom"],
        "hopes": WORK["hopes"],
        "stories": ["0"],
        "papers": [one.key for one in OwnFile.objects.all()],
    }
    assert cast.ada_browser.post(at(cast, "/words"), {**start, **otherwise}).status_code == 302
    seen = re.search(r'name="seen" value="(\w+)"', page(cast.ada_browser, at(cast, "/preview")))
    assert seen
    cast.ada_browser.post(at(cast, "/preview"), {"seen": seen[1]})
    half_a_minute()


def test_nobody_sees_a_profile_before_it_is_shown_to_them(written: Cast) -> None:
    for browser in (written.ben_browser, signed_in(written.abe.person)):
        for path in ("", "/ours", "/preview", "/words"):
            for words in (WORK["does"], STORY["short"], "The office"):
                assert words not in page(browser, at(written, path))
    (file,) = OwnFile.objects.all()
    assert written.ben_browser.get(f"/profile/files/{file.key}").status_code == 404


def test_what_is_shown_is_what_was_read_through_worded_for_them_and_stays_as_it_was(written: Cast) -> None:
    show(written, does="Deeds and boundaries, for people who buy an old house.")
    seen = page(written.ben_browser, at(written))
    assert "Deeds and boundaries" in seen
    assert WORK["does"] not in seen
    assert STORY["notes"] in seen
    assert WORK["does"] in page(written.ada_browser, "/profile"), "her own profile stays"
    written.ada_browser.post("/profile", {**WORK, "does": "Wills."})
    assert "Wills" not in page(written.ben_browser, at(written))
    assert page(written.ada_browser, at(written, "/ours")).count("Deeds and boundaries") == 1


def test_each_relationship_has_its_own_words_and_only_what_was_chosen_for_it(written: Cast) -> None:
    other, hers = joined(written.ada_person, written.cleo_person)
    show(written, stories=[], papers=[])
    seen = page(written.ben_browser, at(written))
    assert WORK["does"] in seen
    assert STORY["short"] not in seen
    assert "The office" not in seen
    assert WORK["does"] not in page(signed_in(written.cleo_person), f"/r/{hers.key}/profile")
    assert other.key == hers.key


def test_a_file_is_served_to_those_it_was_shown_to_and_goes_when_it_is_taken_away(written: Cast) -> None:
    show(written)
    (shown,) = ShownFile.objects.visible_to(written.ben)
    path = at(written, f"/files/{shown.key}")
    answer = written.ben_browser.get(path)
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert signed_in(written.cleo_person).get(path).status_code == 404
    written.ada_browser.post(f"/profile/files/{shown.file.key}/removal")
    assert written.ben_browser.get(path).status_code == 404
    assert "The office" not in page(written.ben_browser, at(written))


def test_what_has_changed_since_it_was_read_through_is_not_shown(written: Cast) -> None:
    seen = re.search(r'name="seen" value="(\w+)"', page(written.ada_browser, at(written, "/preview")))
    assert seen
    written.ada_browser.post("/profile", {**WORK, "does": "Wills."})
    answer = written.ada_browser.post(at(written, "/preview"), {"seen": seen[1]}, follow=True)
    assert "The words have changed since you looked" in answer.content.decode()
    half_a_minute()
    assert not ShownProfile.objects.visible_to(written.ada).exists()


def test_four_stories_are_the_most_and_one_that_is_taken_out_makes_room(written: Cast) -> None:
    for number in (2, 3, 4):
        written.ada_browser.post(f"/profile/stories/{number}", {**STORY, "title": f"Story {number}"})
    assert "Write a story" not in page(written.ada_browser, "/profile")
    assert written.ada_browser.get("/profile/stories/5").status_code == 404
    written.ada_browser.post("/profile/stories/2", {"take": "away"})
    mine = page(written.ada_browser, "/profile")
    assert "Story 2" not in mine
    assert "Write a story" in mine
    answer = written.ada_browser.post("/profile/stories/4", {"title": "A title and nothing else"})
    assert answer.status_code == 422
    assert "A title and nothing else" in answer.content.decode()


def test_proof_has_a_kind_and_an_end_and_its_owner_alone_is_told_that_it_is_over(written: Cast) -> None:
    insured = {"kind": "insurance", "what": "Two million against mistakes", "until": "2020-01-31"}
    for number, more in ((1, {}), (2, {"kind": "qualification", "what": "Solicitor since 1998", "until": ""})):
        assert written.ada_browser.post(f"/profile/proof/{number}", {**insured, **more}).status_code == 302
    assert "That day has passed" in page(written.ada_browser, "/profile")
    show(written, proofs=["0", "1"])
    seen = page(written.ben_browser, at(written))
    for said in (
        "Two million against mistakes",
        'Insurance, until <time datetime="2020-01-31">31 January 2020',
        "Solicitor since 1998",
    ):
        assert said in seen
    assert "held until" not in seen and "held until" in page(written.ada_browser, at(written, "/ours"))
    show(written, proofs=["1"])
    assert "Two million" not in page(written.ben_browser, at(written)), "what goes with it is chosen for each"
    written.ada_browser.post("/profile/proof/1", {"take": "away"})
    assert "Two million" not in page(written.ada_browser, "/profile")
    for odd in ({"kind": "magic"}, {"what": ""}, {"until": "soon"}, {"what": "x" * 301}):
        answer = written.ada_browser.post("/profile/proof/1", {**insured, **odd})
        assert answer.status_code == 422 and "another look" in answer.content.decode(), odd
    assert written.ada_browser.get("/profile/proof/9").status_code == 404


def test_an_empty_profile_is_not_shown_and_too_long_a_text_is_kept_with_a_sentence(cast: Cast) -> None:
    assert "There is nothing in your profile so far" in page(cast.ada_browser, at(cast, "/preview"))
    answer = cast.ada_browser.post("/profile", {"does": "x" * 2001})
    assert answer.status_code == 422
    assert "Two thousand letters are enough here" in answer.content.decode()
    assert "x" * 2001 in answer.content.decode()
