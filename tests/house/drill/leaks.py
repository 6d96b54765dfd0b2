"""What a leak is: where it is put, what it breaks there, and the tests that must see it."""

from __future__ import annotations

from dataclasses import dataclass

from tests.house.drill.edits import Edit

ACTS = "tests/house/test_private_acts.py::"
ROWS = ACTS + "test_whatever_is_kept_private_touches_no_row_outside_its_drawer"
SAME = ACTS + "test_whatever_is_kept_private_the_other_side_fetches_the_same_bytes"
LETTERS = ACTS + "test_whatever_is_kept_private_the_letters_say_the_same"
SEALED = ACTS + "test_whatever_ada_answers_chooses_and_decides_the_others_learn_that_and_no_more"
COLLEAGUE = ACTS + "test_a_colleague_fetches_nothing_of_what_is_only_mine"
COLLEAGUE_PAGES = ACTS + "test_what_is_only_mine_leaves_the_pages_of_a_colleague_as_they_were"
COLLEAGUE_ROWS = ACTS + "test_what_is_only_mine_touches_no_row_of_a_colleague"
HIDDEN = ACTS + "test_a_row_in_a_drawer_answers_like_one_that_never_was"
MIRROR = ACTS + "test_what_they_see_is_what_they_see"
LOG = ACTS + "test_no_private_word_is_said_in_a_log"
LOOKED = ACTS + "test_what_ada_has_just_looked_at_is_shown_to_nobody_else"
LEFT = "tests/house/test_left_behind.py::"
WORKER = LEFT + "test_whatever_is_kept_private_the_worker_writes_the_same_for_the_other_side"
CHANGED = LEFT + "test_a_decision_that_was_changed_looks_like_one_that_was_not[explore]"
REVEALED = LEFT + "test_what_is_revealed_tells_neither_when_it_was_thought_of_nor_where_it_lay[explore]"
GONE = LEFT + "test_what_was_on_its_way_to_somebody_who_then_left_does_not_reach_them"
STOPPED = LEFT + "test_what_was_on_its_way_to_somebody_who_then_stopped_letters_does_not_reach_them"
LINKS = LEFT + "test_links_of_somebody_who_left_open_nothing"
NEWS = LEFT + "test_a_piece_of_news_opens_for_nobody_but_whom_it_is_for"
LENGTH = LEFT + "test_what_was_answered_or_decided_cannot_be_told_by_its_length_in_the_database[explore]"
PADDED = LEFT + "test_words_of_all_lengths_are_padded_to_whole_blocks[explore]"
LOCKS = "tests/house/test_locks.py::"
SIGNING = "tests/people/test_signing_in.py::"
SHEET = "tests/house/test_sheet.py::test_whatever_one_answers_for_oneself_the_others_sheet_and_what_waits_for_them_stay"
SEALED_ON_SHEET = "tests/house/test_sheet.py::test_whatever_one_has_sealed_the_others_sheet_is_the_same"
OWN_SHEET = "tests/house/test_sheet.py::test_each_has_a_sheet_of_their_own_whoever_looked_first"
PURPOSE = "tests/briefings/test_pages.py::test_purpose_is_kept_asked_for_and_shown_as_it_was"
CLOSED = "tests/house/test_no_longer_there.py::"
NOTHING_LEFT = CLOSED + "test_nothing_is_left_by_which_a_browser_or_a_link_comes_in[explore]"
PLAIN = ACTS + "test_the_columns_of_a_drawer_are_sealed_keys_moments_or_places"
TABLE = "tests/house/test_on_the_table.py::"
DATED = TABLE + "test_whatever_comes_onto_the_table_is_dated_then_and_not_when_it_was_thought_of"
BACK = TABLE + "test_what_was_taken_back_leaves_no_line_in_the_story"
QUIET = TABLE + "test_a_verb_that_is_silent_is_not_in_the_story"
WORDLESS = TABLE + "test_the_journal_holds_keys_and_nobodys_words"
EARLY, LATE = "[explore]", "[advocate]"

# How a leak opens what its lock keeps shut, as somebody would who finds the lock in the way.
OPENED = '.unseal(__import__("goodword.relationships.sealed_columns", fromlist=["SAME_ROW"]).SAME_ROW)'


def rows_of(model: str) -> str:
    """Return code for all rows of a model, `module:Class`, whoever may see them."""
    module, _, name = model.partition(":")
    return f'__import__("{module}", fromlist=["{name}"]).{name}._base_manager'


NOTES = rows_of("goodword.encounters.models:SideNote")
HELD = rows_of("goodword.reservations.models:SideReservation")
HESITATES = (
    f"{HELD}.filter(relationship_id=seat.relationship_id, side_id=seat.other_id, settled_at=None, to_table_at=None)"
)


@dataclass(frozen=True, slots=True)
class Leak:
    """Something that leaks: `at` names a function, class or table (module:name); the tests of `caught_by` fail with it."""

    name: str
    at: str
    edits: tuple[Edit, ...]
    caught_by: tuple[str, ...]


def leak(name: str, at: str, *edits: Edit, by: str | tuple[str, ...]) -> Leak:
    """Return a leak."""
    return Leak(name, at, edits, (by,) if isinstance(by, str) else by)
