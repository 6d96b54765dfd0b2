"""Leaks of what one side kept alone, before the other joined."""

from __future__ import annotations

from tests.house.drill.edits import call, condition, value
from tests.house.drill.leaks import leak

KEPT = "tests/alone/test_kept_alone.py::"
NOTHING = KEPT + "test_who_joins_finds_nothing_of_the_time_before"
BYTES = KEPT + "test_whether_and_what_was_kept_alone_makes_no_difference_to_a_byte_of_what_the_other_reads"
OPENED = KEPT + "test_what_is_opened_is_confirmed_corrected_or_taken_away_and_both_go_on_from_there"
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
        "goodword.relationships.invitations:_take_seat",
        condition("False", before="EXPLORE"),
        by=NOTHING,
    ),
    leak(
        "what they said makes them hesitate can be opened in their name",
        "goodword.alone.queries:items",
        value("rows", "sorted(Record.objects.owned_by(seat), key=lambda row: row.created_at)"),
        by=OPENED,
    ),
    leak(
        "what was kept is opened in words that nobody looked at",
        "goodword.alone.opening:hold",
        call("refuse_unless_seen", "None"),
        by=LOOKED_AT,
    ),
]
