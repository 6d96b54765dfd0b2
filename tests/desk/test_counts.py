"""What stands beside the filters of the list: how many there are, and no further than a hundred."""

from __future__ import annotations

import re

from goodword.relationships import starting
from tests.cast import Cast


def counts(cast: Cast) -> list[str]:
    """Return what stands beside All, the five steps, and Ended."""
    page = cast.ada_browser.get("/relationships").content.decode()
    filters = page.split('<nav class="filters"')[1].split("</nav>")[0]
    return re.findall(r"<span>([^<]*)</span>", filters)


def test_the_counts_beside_the_filters_are_exact_up_to_a_hundred_and_end_there(cast: Cast) -> None:
    for number in range(98):
        starting.start(cast.ada_person, name=f"Other {number}", business="", town="")
    assert counts(cast) == ["99", "99", "0", "0", "0", "0", "0"]
    starting.start(cast.ada_person, name="The hundredth", business="", town="")
    assert counts(cast) == ["99+", "99+", "0", "0", "0", "0", "0"]
