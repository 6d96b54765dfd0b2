"""What came of it, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodword.account.actions.bringing import Arrivals


def arrivals_sentence(brought: Arrivals) -> str:
    """Return what came of bringing an archive."""
    came = ngettext("One relationship came along.", "%(count)s relationships came along.", brought.came) % {
        "count": brought.came
    }
    more = []
    if brought.here:
        more.append(_("%(count)s were here already.") % {"count": brought.here})
    if brought.waiting:
        more.append(
            _("%(count)s are too many for one day: bring the archive again tomorrow.") % {"count": brought.waiting}
        )
    if brought.left:
        more.append(
            ngettext(
                "One page signed on paper was left behind: it is too large, one too many, or no picture.",
                "%(count)s pages signed on paper were left behind: they are too large, too many, or no pictures.",
                brought.left,
            )
            % {"count": brought.left}
        )
    return " ".join([came, *more])
