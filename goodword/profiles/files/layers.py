"""Layers of a PDF (optional content): which of them a viewer shows when it opens the file. Nobody switches them here."""

from __future__ import annotations

from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf

DEEPEST = 20  # conditions within conditions


class Layers:
    """What the layers of one PDF hide, as its first view has it."""

    def __init__(self, pdf: Pdf) -> None:
        properties = pdf.Root.get("/OCProperties")
        first = properties.get("/D") if isinstance(properties, Dictionary) else None
        self._off: set[tuple[int, int]] = set()
        if not isinstance(first, Dictionary) or properties is None:
            return
        if first.get("/BaseState") == Name.OFF:
            self._off.update(each.objgen for each in _dictionaries_in(properties.get("/OCGs")))
            self._off.difference_update(each.objgen for each in _dictionaries_in(first.get("/ON")))
        self._off.update(each.objgen for each in _dictionaries_in(first.get("/OFF")))
        for rule in _dictionaries_in(first.get("/AS")):
            if rule.get("/Event") == Name.View:
                self._switch(_dictionaries_in(rule.get("/OCGs")))
        self._off.discard((0, 0))  # no number, no layer

    def _switch(self, groups: list[Dictionary]) -> None:
        """Heed what layers say of being looked at on a screen."""
        for group in groups:
            state = group
            for key in ("/Usage", "/View", "/ViewState"):
                state = state.get(key) if isinstance(state, Dictionary) else None  # type: ignore[assignment]
            if state == Name.OFF:
                self._off.add(group.objgen)
            elif state == Name.ON:
                self._off.discard(group.objgen)

    def hides(self, membership: Any) -> bool:
        """Whether what belongs to this layer, or to what this says of several layers, is not shown."""
        if not isinstance(membership, Dictionary):
            return False
        if membership.get("/Type") != Name.OCMD:
            return membership.objgen in self._off
        if isinstance(membership.get("/VE"), Array):
            return not self._holds(membership.VE, 0)
        groups = membership.get("/OCGs")
        shown = [
            each.objgen not in self._off
            for each in ([groups] if isinstance(groups, Dictionary) else _dictionaries_in(groups))
        ]
        policy = {
            "/AllOn": all(shown),
            "/AnyOff": not all(shown),
            "/AllOff": not any(shown),
        }.get(str(membership.get("/P")), any(shown))
        return bool(shown) and not policy

    def _holds(self, condition: Any, depth: int) -> bool:
        """Whether an expression of layers is true."""
        if isinstance(condition, Dictionary):
            return condition.objgen not in self._off
        if not isinstance(condition, Array) or not len(condition) or depth > DEEPEST:
            return True
        parts = [self._holds(each, depth + 1) for each in list(condition)[1:]]
        return {"/Not": not all(parts), "/Or": any(parts)}.get(str(condition[0]), all(parts))


def _dictionaries_in(things: Object | None) -> list[Dictionary]:
    return [each for each in things if isinstance(each, Dictionary)] if isinstance(things, Array) else []
