"""The agreement as the method has it (M27, M28)."""

from __future__ import annotations

from goodword.agreements import queries
from goodword.relationships.steps import Step
from tests.agreements.reading import filled
from tests.cast import Cast


def test_m27_both_accept_the_same_written_text_and_later_changes_need_both_again(db: None) -> None:
    cast = Cast(at=Step.AGREE)
    words, acceptance = f"/r/{cast.key}/agreement/words", f"/r/{cast.key}/agreement/acceptance"
    cast.ada_browser.post(words, filled(cast.ada_browser, words))
    change = filled(cast.ben_browser, words) | {"text-giving": ["We give what we can."], "why-giving": ["Shorter."]}
    cast.ben_browser.post(words, change)
    assert queries.in_force(cast.ada) is None
    cast.ada_browser.post(acceptance, filled(cast.ada_browser, f"/r/{cast.key}/agreement"))
    agreed = queries.in_force(cast.ada)
    assert agreed is not None and agreed.number == 2
    later = filled(cast.ada_browser, words) | {"text-giving": ["We give gladly."], "why-giving": ["Warmer."]}
    cast.ada_browser.post(words, later)
    assert queries.in_force(cast.ben) == agreed, "until both accept the new words, the old ones hold"
    cast.ben_browser.post(acceptance, filled(cast.ben_browser, f"/r/{cast.key}/agreement"))
    assert queries.in_force(cast.ben) == queries.latest(cast.ben)
    first = cast.ben_browser.get(f"/r/{cast.key}/agreement?show={agreed.key}&with=alone").content.decode()
    assert "We give what we can." in first, "the old text is kept"


def test_m28_the_gate_can_ask_whether_both_accepted_the_newest_words(db: None) -> None:
    cast = Cast(at=Step.AGREE)
    words, acceptance = f"/r/{cast.key}/agreement/words", f"/r/{cast.key}/agreement/acceptance"
    assert queries.acceptance_of_both(cast.ada) == (False, False)
    cast.ada_browser.post(words, filled(cast.ada_browser, words))
    assert queries.acceptance_of_both(cast.ada) == (True, False)
    cast.ben_browser.post(acceptance, filled(cast.ben_browser, f"/r/{cast.key}/agreement"))
    assert queries.acceptance_of_both(cast.ada) == queries.acceptance_of_both(cast.ben) == (True, True)
