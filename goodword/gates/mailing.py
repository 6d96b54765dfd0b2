"""Letters about gates and endings: that a decision was made, that both are in, that it ends. Never what was decided (T37)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from goodword.post.letters import LetterKind, register
from goodword.relationships.mailing import has_open_seat, has_seat


def _kind(name: str, subject: Callable[[Mapping[str, Any]], str], takes: str, may_send: Any) -> None:
    register(LetterKind(name, f"gates/letters/{name.replace('-', '_')}", subject, frozenset(takes.split()), may_send))


def register_letters() -> None:
    """Register the letters of the stairs."""
    _kind("decision-made", lambda v: _("%(name)s has decided") % v, "name link", has_open_seat)
    _kind("gate-opened", lambda v: _("You and %(name)s both said go on") % v, "name link", has_open_seat)
    _kind("another-round", lambda v: _("You and %(name)s have both decided") % v, "name link", has_open_seat)
    _kind("paused", lambda v: _("%(name)s would like a pause") % v, "name link", has_open_seat)
    _kind("went-on", lambda v: _("%(name)s is going on again") % v, "name link", has_open_seat)
    _kind("ended", lambda v: _("You and %(name)s are not going on") % v, "name link", has_seat)
    _kind("parting-line", lambda v: _("A line from %(name)s") % v, "name words", has_seat)
