"""The page of a lead from a contact: what was typed stays, and its giver reads the whole of what leaves."""

from __future__ import annotations

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from goodword.leads.actions import giving
from goodword.leads.models import Lead, LeadContact, LeadIdea
from goodword.relationships.steps import Step
from tests.cast import Cast, half_a_minute, signed_in
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


def test_its_giver_reads_the_whole_of_what_leaves_and_nobody_else_does(db: None) -> None:
    cast = Cast(at=Step.ADVOCATE)
    sent = {"give": "1", "to": cast.key, "why": WHY, "route": "call", "card": SimpleUploadedFile("c.vcf", VERSION_4)}
    held = cast.ben_browser.post(DOOR, sent)["Location"]
    shown = cast.ben_browser.get(held).content.decode()
    assert "reads who it is once they have agreed: Zoë Lind, +1-555-555-5555" in shown
    assert WHY in shown and "You ring them, when Ada says that it would be good." in shown
    assert "Zoë" not in cast.ada_browser.get(held, follow=True).content.decode()
    assert "Zoë" not in signed_in(cast.bea.person).get(held, follow=True).content.decode(), "nor a colleague"
    half_a_minute()
    assert "Zoë" not in cast.ada_browser.get(f"/r/{cast.key}/leads").content.decode()


def test_a_name_that_leaves_at_once_stands_with_what_was_agreed(db: None) -> None:
    cast = Cast(at=Step.ADVOCATE)
    agreed = {"agreed_on": timezone.localdate().isoformat(), "how": "phone", "purpose": "introduce"}
    sent = {"give": "1", "to": cast.key, "why": WHY, "route": "now", "name": "Jo", "reach": "0161 496 0111", **agreed}
    shown = cast.ben_browser.get(cast.ben_browser.post(DOOR, sent)["Location"]).content.decode()
    assert "Jo, 0161 496 0111" in shown and "They have agreed, and you introduce them." in shown
    assert ", on the telephone, that you may introduce them to Ada." in shown


def test_a_name_that_follows_stands_with_how_to_reach_them_and_what_was_agreed(db: None) -> None:
    cast = Cast(at=Step.ADVOCATE)
    giving.give(cast.ben, why=WHY, route="ask")
    page = f"/r/{cast.key}/leads/{Lead.objects.visible_to(cast.ben).get().key}/agreement"
    agreed = {"agreed_on": timezone.localdate().isoformat(), "how": "email", "purpose": "contact"}
    answer = cast.ben_browser.post(page, {"name": "Jo", "reach": "0161 496 0111", **agreed})
    shown = cast.ben_browser.get(answer["Location"]).content.decode()
    assert "Jo, 0161 496 0111" in shown and ", by e-mail, that Ada may get in touch about this." in shown
