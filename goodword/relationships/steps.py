"""The path: four stages, five steps, and who speaks in which (docs/glossary.md). Pure."""

from enum import IntEnum, StrEnum


class Step(IntEnum):
    """Where a relationship is on the path."""

    EXPLORE = 1
    FIRST_BRIEFING = 2
    SECOND_BRIEFING = 3
    AGREE = 4
    ADVOCATE = 5

    @property
    def slug(self) -> str:
        """The name playbook and addresses use."""
        return self.name.lower()

    @property
    def stage(self) -> int:
        """The stage it belongs to, 1 to 4."""
        return {1: 1, 2: 2, 3: 2, 4: 3, 5: 4}[self.value]


class Role(StrEnum):
    """The two sides. They are equals; the names only say who wrote first (M4)."""

    PROPOSER = "proposer"
    INVITED = "invited"

    @property
    def other(self) -> "Role":
        """The opposite side."""
        return Role.INVITED if self is Role.PROPOSER else Role.PROPOSER


def speaker(step: Step, first_speaker: Role) -> Role | None:
    """Return who is centre stage in a briefing step, None in the others. The invited side is first by default (M15)."""
    return {Step.FIRST_BRIEFING: first_speaker, Step.SECOND_BRIEFING: first_speaker.other}.get(step)
