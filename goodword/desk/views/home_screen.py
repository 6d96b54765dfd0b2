"""What makes of a web page something at home on a phone: the manifest, the page for no network, and the worker that shows it."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from goodword import ui
from goodword.ui.answers import page
from goodword.ui.doors import public

# The same for everybody, whoever is signed in: all that is ever kept in a browser.
FILES = (
    "style.css",
    "rooms.css",
    "goodword.js",
    "mark.svg",
    "fonts/source-sans-3-latin-wght-normal.woff2",
)
ICONS = {"icon-192.png": "192x192", "icon-512.png": "512x512"}
PAPER = "#f4f3ee"


@cache
def _source() -> str:
    return (Path(ui.__file__).parent / "service-worker.js").read_text()


@public("GET")
def offline(request: HttpRequest) -> HttpResponse:
    """There is no network. Kept in the browser beforehand, so it says nothing of anybody."""
    request.user = AnonymousUser()
    return page(request, "desk/pages/offline.html")


@public("GET")
def service_worker(request: HttpRequest) -> HttpResponse:
    """The program that shows that page, with the list of what it may keep: this page and files, nothing else."""
    kept = [reverse("offline"), *(static(f"goodword/{name}") for name in FILES)]
    version = hashlib.sha256((_source() + "".join(kept)).encode()).hexdigest()[:12]
    said = f'const VERSION = "goodword-{version}";\nconst KEPT = {json.dumps(kept)};\n{_source()}'
    return HttpResponse(said, content_type="text/javascript; charset=utf-8")


@public("GET")
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to put Goodword on its first screen."""
    said = {
        "name": "Goodword",
        "short_name": "Goodword",
        "description": _("From a first coffee to a relationship in which each recommends the other"),
        "id": "/",
        "start_url": reverse("today"),
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [
            {"src": static(f"goodword/{name}"), "sizes": sizes, "type": "image/png", "purpose": purpose}
            for name, sizes in ICONS.items()
            for purpose in ("any", "maskable")
        ],
        "share_target": {
            "action": reverse("lead-shared"),
            "method": "POST",
            "enctype": "multipart/form-data",
            "params": {
                "title": "title",
                "text": "text",
                "url": "url",
                "files": [{"name": "card", "accept": ["text/vcard", "text/x-vcard", ".vcf"]}],
            },
        },
    }
    return JsonResponse(said, content_type="application/manifest+json")
