"""What a browser calls itself, in plain words: "Safari on an iPhone". Its own string changes with each version."""

from django.utils.translation import gettext as _

# The first that fits counts: nearly every browser also claims to be Chrome, Safari and Mozilla.
BROWSERS = (
    (("Edg/", "EdgA/", "EdgiOS/"), "Edge"),
    (("OPR/", "OPT/"), "Opera"),
    (("SamsungBrowser/",), "Samsung Internet"),
    (("Vivaldi/",), "Vivaldi"),
    (("DuckDuckGo/", "Ddg/"), "DuckDuckGo"),
    (("Firefox/", "FxiOS/"), "Firefox"),
    (("Chrome/", "CriOS/", "Chromium/"), "Chrome"),
    (("Safari/",), "Safari"),
)


def browser_words(agent: str) -> str:
    """Return browser and device of a User-Agent as a person would name them; what is not known is left out."""
    browser = next((name for marks, name in BROWSERS if any(mark in agent for mark in marks)), "")
    device = _device(agent)
    if browser and device:
        return _("%(browser)s on %(device)s") % {"browser": browser, "device": device}
    return browser or (_("A browser on %(device)s") % {"device": device} if device else _("A browser we don’t know"))


def _device(agent: str) -> str:
    if "Android" in agent:
        return _("an Android phone") if "Mobile" in agent else _("an Android tablet")
    named = {
        "iPhone": _("an iPhone"),
        "iPad": _("an iPad"),
        "Macintosh": _("a Mac"),
        "Windows": _("a Windows computer"),
        "CrOS": _("a Chromebook"),
        "Linux": _("a Linux computer"),
    }
    return next((device for mark, device in named.items() if mark in agent), "")
