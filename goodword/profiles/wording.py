"""Words of profiles."""

from __future__ import annotations

from django.utils.translation import gettext as _

from goodword.ui import languages


def kinds() -> dict[str, str]:
    """Return what somebody may be, by its name."""
    return {
        "business": _("A business"),
        "practice": _("A practice or a firm of advisers"),
        "charity": _("A charity or an association"),
        "adviser": _("An adviser on my own"),
        "other": _("Something else"),
    }


def labels() -> dict[str, str]:
    """Return the heading of each part of a profile."""
    return {
        "does": _("What I do"),
        "whom": _("For whom"),
        "why": _("Why people come back"),
        "hopes": _("What I hope for here"),
        "proof": _("What else stands behind it"),
    }


def proves() -> dict[str, str]:
    """Return what stands behind somebody's work, by kind."""
    return {
        "qualification": _("Qualification"),
        "insurance": _("Insurance"),
        "reference": _("Somebody who may be asked"),
        "other": _("Something else"),
    }


def size_words(size: int) -> str:
    """Return a size of a file in words."""
    return (
        _("%(number)s MB") % {"number": languages.number(round(size / 1e6, 1))}
        if size >= 100_000
        else _("under 0.1 MB")
    )
