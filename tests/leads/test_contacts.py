"""The page of a lead from a contact: what was typed stays, and its giver reads the whole of what leaves."""

from __future__ import annotations

import re

from django.core.files.uploadedfile import SimpleUploadedFile

from goodword.leads.drawer_models import LeadContact, LeadIdea
from goodword.leads.models import Lead
from goodword.relationships.steps import Step
from tests.cast import Cast, half_a_minute
from tests.leads.test_cards import ANDROID, DOOR, VERSION_4, WHY


def test_a_name_typed_first_is_kept_beside_the_box_and_the_file(db: None) -> None:
    cast = Cast(at=Step.ADVOCATE)
    typed = {"to": cast.key, "name": "Our Jo", "why": WHY, "route": "call", "warmth": "good_word"}
    button = re.search(r'name="look" value="(\w+)"', cast.ben_browser.get(f"/r/{cast.key}/leads/give").content.decode())
    assert button
    shown = cast.ben_browser.post(DOOR, {**typed, "look": button[1]}).content.decode()
    assert 'type="file"' in shown and 'name="pasted"' in shown
    assert 'value="Our Jo"' in shown and WHY in shown and 'value="call" checked' in shown
    carried = {**typed, **dict(re.findall(r'<input type="hidden" name="(ask|warmth)" value="([^"]*)"', shown))}
    nothing = {"card": SimpleUploadedFile("c.vcf", b"hello")}
    again = cast.ben_browser.post(DOOR, {**carried, "give": "1", **nothing}).content.decode()
    assert "no contact in that that we can read" in again and 'name="pasted"' in again
    sent = {**carried, "give": "1", "card": SimpleUploadedFile("c.vcf", ANDROID)}
    assert "/held/" in cast.ben_browser.post(DOOR, sent)["Location"]
    half_a_minute()
    kept, lead = LeadContact.objects.visible_to(cast.ben).get(), Lead.objects.visible_to(cast.ben).get()
    assert (kept.name.unseal(cast.ben), lead.route, lead.warmth) == ("Our Jo", "call", "good_word")
    assert "+49301234567" in kept.reach.unseal(cast.ben)


def test_a_name_typed_first_may_be_all_there_is_and_the_idea_it_came_from_is_struck_off(db: None) -> None:
    cast = Cast(at=Step.ADVOCATE)
    cast.ben_browser.post(f"/r/{cast.key}/leads/ideas", {"words": "Our Jo"})
    idea = LeadIdea.objects.visible_to(cast.ben).get()
    typed = {"to": cast.key, "name": "Our Jo", "why": WHY, "idea": idea.key}
    shown = cast.ben_browser.post(DOOR, {**typed, "look": "paste"}).content.decode()
    assert 'value="ask" checked' in shown, "none was chosen: asking first is offered"
    sent = dict(re.findall(r'name="(ask|idea)" value="([^"]+)"', shown))
    assert sent == {"ask": "paste", "idea": idea.key}
    given = {**typed, **sent, "give": "1", "route": "ask", "pasted": "0161 496 0111"}
    assert "/held/" in cast.ben_browser.post(DOOR, given)["Location"]
    half_a_minute()
    kept = LeadContact.objects.visible_to(cast.ben).get()
    assert (kept.name.unseal(cast.ben), kept.reach.unseal(cast.ben)) == ("Our Jo", "0161 496 0111")
    assert not LeadIdea.objects.visible_to(cast.ben).exists()


def test_a_card_pasted_beside_a_name_is_read(db: None) -> None:
    cast = Cast(at=Step.ADVOCATE)
    sent = {"ask": "paste", "give": "1", "to": cast.key, "name": "Our Jo", "why": WHY, "route": "ask"}
    assert "/held/" in cast.ben_browser.post(DOOR, {**sent, "pasted": VERSION_4.decode()})["Location"]
    half_a_minute()
    kept = LeadContact.objects.visible_to(cast.ben).get()
    assert kept.name.unseal(cast.ben) == "Our Jo" and "zoe@else.example" in kept.reach.unseal(cast.ben)
