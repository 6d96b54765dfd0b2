"""Filling in a page's form the way a browser does: what stands in it is sent, unless changed."""

from __future__ import annotations

import html
import re

from django.test import Client


def filled(browser: Client, path: str) -> dict[str, list[str]]:
    """Return what a browser would send from the page's forms if nobody touched them."""
    return filled_from(browser.get(path).content.decode())


def filled_from(page: str) -> dict[str, list[str]]:
    """Return the same for a page that has been fetched."""
    sent: dict[str, list[str]] = {}
    for tag in re.findall(r"<input ([^>]*)>", page):
        said = {name: html.unescape(value) for name, value in re.findall(r'([\w-]+)="([^"]*)"', tag)}
        if "name" in said and (said.get("type") not in ("checkbox", "radio") or tag.endswith(" checked")):
            sent.setdefault(said["name"], []).append(said.get("value", "on"))
    for name, text in re.findall(r'<textarea id="[^"]*" name="([^"]*)"[^>]*>\n?(.*?)</textarea>', page, re.S):
        sent[name] = [html.unescape(text)]
    return {name: values for name, values in sent.items() if name != "csrfmiddlewaretoken"}
