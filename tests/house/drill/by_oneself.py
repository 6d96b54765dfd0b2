"""Leaks of what one side kept alone, before the other joined."""

from __future__ import annotations

from tests.house.drill.edits import call, condition, value
from tests.house.drill.leaks import leak

KEPT = "tests/alone/test_kept_alone.py::"
NOTHING = KEPT + "test_who_joins_finds_nothing_of_the_time_before"
BYTES = KEPT + "test_whether_and_what_was_kept_alone_makes_no_difference_to_a_byte_of_what_the_other_reads"
OPENED = KEPT + "test_what_is_opened_is_confirmed_corrected_or_taken_away_and_both_go_on_from_there"
GONE_ON = "tests/alone/test_gone_on.py::"
COMES_BACK = GONE_ON + "test_whoever_comes_back_reads_the_same_whether_it_went_on_or_began_anew[ada]"
ONWARD = "tests/alone/test_onward.py::"
LEFT = ONWARD + "test_whoever_gave_up_the_seat_sees_nothing_of_it_any_more"
ERASED = ONWARD + "test_what_only_the_empty_side_saw_is_erased_and_what_the_other_kept_is_not"
LOOKED_AT = KEPT + "test_words_changed_since_they_were_looked_at_do_not_cross"

BY_ONESELF = [
    leak(
        "a mirror shows its owner's time before the table was laid",
        "goodword.relationships.visibility:SharedLock.visible_to",
        condition("False", before="on_table"),
        by=BYTES,
    ),
    leak(
        "whoever joins finds the step that one side reached alone",
        "goodword.relationships.laying:lay_table",
        condition("False", before="EXPLORE"),
        by=NOTHING,
    ),
    leak(
        "what they said makes them hesitate can be opened in their name",
        "goodword.alone.queries.pages:items",
        value("rows", "sorted(Record.objects.owned_by(seat), key=lambda row: row.created_at)"),
        by=OPENED,
    ),
    leak(
        "what was kept is opened in words that nobody looked at",
        "goodword.alone.actions.opening:hold",
        call("refuse_unless_seen", "None"),
        by=LOOKED_AT,
    ),
    leak(
        "whoever comes back finds the order of the time before, from which it went on",
        "goodword.relationships.laying:lay_table",
        value("update_fields", '["shared_since", "step", "step_since"]', of="act.relationship.save"),
        by=COMES_BACK,
    ),
    leak(
        "whoever gave up the seat goes on reading what they left",
        "goodword.gates.actions:give_up_seat",
        call("here.update", "None"),
        by=LEFT,
    ),
    leak(
        "what only an empty side saw outlives its last seat",
        "goodword.gates.actions:give_up_seat",
        call("drawers.empty", "None"),
        by=ERASED,
    ),
]
