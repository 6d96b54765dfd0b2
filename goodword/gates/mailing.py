"""Letters about gates and endings: that a decision was made, that both are in, that it ends. Never what was decided (T37)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from goodword.post.letters import Kind, register
from goodword.relationships.mailing import open_and_seated, still_seated


def _kind(name: str, subject: Callable[[Mapping[str, Any]], str], takes: str, may_send: Any) -> None:
    register(Kind(name, f"gates/letters/{name.replace('-', '_')}", subject, frozenset(takes.split()), may_send))


def open_room() -> None:
    """Register the letters of the stairs."""
    _kind("decision-made", lambda v: _("%(name)s has decided") % v, "name link", open_and_seated)
    _kind("gate-opened", lambda v: _("You and %(name)s both said go on") % v, "name link", open_and_seated)
    _kind("another-round", lambda v: _("You and %(name)s have both decided") % v, "name link", open_and_seated)
    _kind("paused", lambda v: _("%(name)s would like a pause") % v, "name link", open_and_seated)
    _kind("went-on", lambda v: _("%(name)s is going on again") % v, "name link", open_and_seated)
    _kind("ended", lambda v: _("You and %(name)s are not going on") % v, "name link", still_seated)
    _kind("parting-line", lambda v: _("A line from %(name)s") % v, "name words", still_seated)
