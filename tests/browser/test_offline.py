"""No network: what was typed stays on screen, a page says so, and nothing anybody wrote is kept in the browser."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.browser.hands import Hands, Visit
from tests.house.world import World

READY = "navigator.serviceWorker.ready.then(() => caches.keys())"
KEPT = """async () => (await Promise.all((await caches.keys()).map(async (name) =>
  (await (await caches.open(name)).matchAll()).map(async (one) => [new URL(one.url).pathname, await one.text()])
))).flat().reduce(async (all, one) => [...await all, await one], [])"""
NO_CONNECTION = "There is no connection"
AT_HOME = "Object.defineProperty(navigator, 'onLine', { get: () => true })"


def at_home(visit: Visit, world: World, path: str) -> Hands:
    """Ada's phone at a page, with the worker for no network in place."""
    ada = visit.by(world.ada_person)
    ada.start(path)
    ada.page.evaluate(READY)
    ada.page.reload()
    ada.page.wait_for_function("navigator.serviceWorker.controller")
    return ada


def test_without_a_network_a_page_says_so_and_leads_back(visit: Visit, world: World) -> None:
    ada = at_home(visit, world, "/today")
    ada.page.context.set_offline(True)
    ada.page.goto("/leads")
    assert ada.h1 == "There is no connection at the moment"
    assert "Ada" not in ada.page.content()
    ada.page.context.set_offline(False)
    ada.tap("Try again")
    expect(ada.page).to_have_title("Leads – Goodword")
    visit.complaints[:] = [one for one in visit.complaints if "ERR_INTERNET_DISCONNECTED" not in one]


def test_what_was_typed_stays_on_screen_and_can_be_sent_later(visit: Visit, world: World) -> None:
    for told in (True, False):  # a browser that knows of it, and one that finds out as it sends
        ada = at_home(visit, world, "/settings/details")
        town = ada.page.get_by_label("Town")
        town.fill(f"Marple Bridge {told}")
        ada.page.context.set_offline(True)
        if not told:
            ada.page.evaluate(AT_HOME)
        ada.page.locator("main .btn-first").click()
        expect(ada.page.get_by_role("alert")).to_contain_text(NO_CONNECTION)
        assert town.input_value() == f"Marple Bridge {told}"
        assert ada.page.url.endswith("/settings/details")
        ada.page.context.set_offline(False)
        ada.page.locator("main .btn-first").click()
        ada.page.wait_for_url(lambda url: not url.endswith("/settings/details"))
        ada.page.goto("/settings/details")
        assert ada.page.get_by_label("Town").input_value() == f"Marple Bridge {told}"
    visit.complaints[:] = [one for one in visit.complaints if "ERR_INTERNET_DISCONNECTED" not in one]


def test_a_link_does_not_throw_away_what_was_typed(visit: Visit, world: World) -> None:
    ada = at_home(visit, world, "/settings/details")
    ada.page.get_by_label("Town").fill("Marple Bridge")
    ada.page.context.set_offline(True)
    ada.tap("How it works")
    expect(ada.page.get_by_role("alert")).to_contain_text(NO_CONNECTION)
    assert ada.page.get_by_label("Town").input_value() == "Marple Bridge"
    ada.page.context.set_offline(False)


def test_the_browser_keeps_nothing_of_anybody(visit: Visit, world: World) -> None:
    ada = at_home(visit, world, "/today")
    for path in ("/relationships", "/leads", f"/r/{world.key}", f"/r/{world.key}/reservations"):
        ada.page.goto(path)
    kept = ada.page.evaluate(KEPT)
    assert [path for path, _ in kept if path == "/offline"] == ["/offline"]
    assert all(path == "/offline" or path.startswith("/static/") for path, _ in kept)
    text = next(text for path, text in kept if path == "/offline")
    for own in (world.ada_person.name, world.ben_person.name, world.ada_person.email, "csrfmiddlewaretoken"):
        assert own not in text
    ada.page.goto("/today")
    ada.page.get_by_role("button", name="Sign out").click()
    assert urlsplit(ada.page.url).path != "/today"
    assert ada.page.evaluate("caches.keys()") == []


def test_a_guest_is_given_no_worker(visit: Visit) -> None:
    guest = visit.by()
    guest.start("/how-it-works")
    assert guest.page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
