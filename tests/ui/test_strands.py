"""The strands and the clock, against the drawings in the design's mock-ups."""

import pytest

from goodword.ui import strands
from goodword.ui.clock import dial
from goodword.ui.strands import Bundle, Stroke

STEP_TWO = """
strand st-o ahead|M290 36H370
strand st-t ahead|M290 16H370
strand st-c ahead|M290 16H370
strand st-o ahead|M370 36C400 36 400 16 430 16
strand st-k|M370 16C400 16 400 36 430 36
strand st-t ahead|M370 16C400 16 400 36 430 36
strand st-c ahead|M370 16C400 16 400 36 430 36
strand st-o ahead|M430 16H570
strand st-t ahead|M430 36H570
strand st-c ahead|M430 36H570
strand st-t ahead|M570 36C600 36 600 16 630 16
strand st-c ahead|M570 36C600 36 600 16 630 16
strand st-k|M570 16C600 16 600 36 630 36
strand st-o ahead|M570 16C600 16 600 36 630 36
strand st-o ahead|M630 36H770
strand st-t ahead|M630 16H770
strand st-c ahead|M630 16H770
strand st-o ahead|M770 36C800 36 800 16 830 16
strand st-k|M770 16C800 16 800 36 830 36
strand st-t ahead|M770 16C800 16 800 36 830 36
strand st-c ahead|M770 16C800 16 800 36 830 36
strand st-o ahead|M830 16H1000
strand st-t ahead|M830 36H1000
strand st-c ahead|M830 36H1000
strand st-o|M0 4C42.5 4 42.5 16 85 16
strand st-t|M0 48C42.5 48 42.5 36 85 36
strand st-c|M0 48C42.5 48 42.5 36 85 36
strand st-o|M85 16H170
strand st-t|M85 36H170
strand st-c|M85 36H170
strand st-t|M170 36C200 36 200 16 230 16
strand st-c|M170 36C200 36 200 16 230 16
strand st-k|M170 16C200 16 200 36 230 36
strand st-o|M170 16C200 16 200 36 230 36
strand st-o|M230 36H290
strand st-t|M230 16H290
strand st-c|M230 16H290
bead bd-o|M290 36h.01
bead bd-t|M290 16h.01
bead bd-c|M290 16h.01
"""

MINI_TWO = """
strand m-o ahead|M30 15H36
strand m-t ahead|M30 5H36
strand m-c ahead|M30 5H36
strand m-o ahead|M36 15C40 15 40 5 44 5
strand m-k|M36 5C40 5 40 15 44 15
strand m-t ahead|M36 5C40 5 40 15 44 15
strand m-c ahead|M36 5C40 5 40 15 44 15
strand m-o ahead|M44 5H56
strand m-t ahead|M44 15H56
strand m-c ahead|M44 15H56
strand m-t ahead|M56 15C60 15 60 5 64 5
strand m-c ahead|M56 15C60 15 60 5 64 5
strand m-k|M56 5C60 5 60 15 64 15
strand m-o ahead|M56 5C60 5 60 15 64 15
strand m-o ahead|M64 15H76
strand m-t ahead|M64 5H76
strand m-c ahead|M64 5H76
strand m-o ahead|M76 15C80 15 80 5 84 5
strand m-k|M76 5C80 5 80 15 84 15
strand m-t ahead|M76 5C80 5 80 15 84 15
strand m-c ahead|M76 5C80 5 80 15 84 15
strand m-o ahead|M84 5H100
strand m-t ahead|M84 15H100
strand m-c ahead|M84 15H100
strand m-o|M0 5H16
strand m-t|M0 15H16
strand m-c|M0 15H16
strand m-t|M16 15C20 15 20 5 24 5
strand m-c|M16 15C20 15 20 5 24 5
strand m-k|M16 5C20 5 20 15 24 15
strand m-o|M16 5C20 5 20 15 24 15
strand m-o|M24 15H30
strand m-t|M24 5H30
strand m-c|M24 5H30
"""

SEALED = """
post|M500 0V34
post|M500 116V150
strand st-t ahead|M420 98C490 98 510 52 580 52
strand st-c ahead|M420 98C490 98 510 52 580 52
strand st-t ahead|M330 98H420
strand st-c ahead|M330 98H420
strand st-k|M420 52C470 52 494 73 500 75
strand st-o ahead|M500 75C506 77 540 98 580 98
strand st-o ahead|M580 98H1000
strand st-t ahead|M580 52H1000
strand st-c ahead|M580 52H1000
strand st-o|M0 52H420C470 52 494 73 500 75
strand st-t|M0 98H330
strand st-c|M0 98H330
bead bd-o|M500 75h.01
bead bd-t|M330 98h.01
bead bd-c|M330 98h.01
"""

OPEN = """
post|M500 0V34
post|M500 116V150
strand st-o ahead|M690 98H1000
strand st-t ahead|M690 52H1000
strand st-c ahead|M690 52H1000
strand st-t|M0 98H420C490 98 510 52 580 52H690
strand st-c|M0 98H420C490 98 510 52 580 52H690
strand st-o|M0 52H420
strand st-o|M580 98H690
strand st-k|M420 52C490 52 510 98 580 98
strand st-o|M420 52C490 52 510 98 580 98
bead bd-o|M690 98h.01
bead bd-t|M690 52h.01
bead bd-c|M690 52h.01
"""

GIVEN = """
th th-o|M0 81.5C50 81.5 50 18.5 100 18.5
th th-o|M0 89C50 89 50 26 100 26
th th-o|M0 96.5C50 96.5 50 33.5 100 33.5
th th-o|M0 104C50 104 50 74.2 100 74.2
th th-o|M0 111.5C50 111.5 50 81.8 100 81.8
th th-o|M0 119C50 119 50 130 100 130
th th-o ahead|M0 126.5C50 126.5 50 182 100 182
"""

EIGHTEEN_MINUTES_IN = """
ck st-t ahead|M181.8 126.6A86 86 0 0 1 103.8 185.9
ck-core ahead|M181.8 126.6A86 86 0 0 1 103.8 185.9
ck st-o ahead|M96.2 185.9A86 86 0 0 1 96.2 14.1
ck st-t|M103.8 14.1A86 86 0 0 1 181.8 126.6
ck-core|M103.8 14.1A86 86 0 0 1 181.8 126.6
"""


def drawn(text: str) -> tuple[Stroke, ...]:
    return tuple(Stroke(d, classes) for classes, d in (line.split("|") for line in text.strip().splitlines()))


def classes(strokes: tuple[Stroke, ...]) -> list[str]:
    return [stroke.classes for stroke in strokes]


def gate(state: strands.GateState, *, theirs_in: bool = False) -> tuple[Stroke, ...]:
    art = strands.gate_art(state, theirs_in=theirs_in)
    return art.beneath + art.crossing + art.above


def bead(strokes: tuple[Stroke, ...], kind: str) -> str:
    return next(stroke.d for stroke in strokes if stroke.classes == f"bead bd-{kind}")


def test_the_path_in_step_two_is_the_mock_ups() -> None:
    assert strands.path(2, within=0.45) == drawn(STEP_TWO)


def test_unless_told_otherwise_now_is_the_middle_of_the_step() -> None:
    assert [bead(strands.path(step), "o") for step in range(1, 6)] == [
        "M100 16h.01",
        "M300 36h.01",
        "M500 16h.01",
        "M700 36h.01",
        "M900 16h.01",
    ]


@pytest.mark.parametrize(("within", "x"), [(0.0, 230), (1.0, 370)])
def test_now_never_stands_in_a_crossing(within: float, x: int) -> None:
    assert bead(strands.path(2, within=within), "o") == f"M{x} 36h.01"


def test_a_step_just_begun_stands_where_the_strands_have_come_in() -> None:
    assert bead(strands.path(1, within=0), "o") == "M85 16h.01"


def test_a_path_not_begun_is_all_ahead_and_has_no_beads() -> None:
    assert all(name.endswith(" ahead") or name == "strand st-k" for name in classes(strands.path(None)))


def test_upright_the_path_is_the_same_with_x_and_y_exchanged() -> None:
    flat, upright = strands.path(3), strands.path(3, upright=True)
    assert classes(flat) == classes(upright)
    assert Stroke("M170 36C200 36 200 16 230 16", "strand st-t") in flat
    assert Stroke("M36 170C36 200 16 200 16 230", "strand st-t") in upright
    assert Stroke("M16 85V170", "strand st-o") in upright
    assert bead(upright, "o") == "M16 500v.01"


def test_ours_passes_over_at_the_first_and_third_gate_and_theirs_at_the_second_and_fourth() -> None:
    assert [strands.over(number) for number in range(1, 5)] == ["ours", "theirs", "ours", "theirs"]
    strokes = strands.path(5)
    after_each_gap = [strokes[i + 1].classes for i, stroke in enumerate(strokes) if stroke.classes == "strand st-k"]
    assert after_each_gap == ["strand st-o", "strand st-t", "strand st-o", "strand st-t"]


def test_the_gap_follows_the_strand_that_passes_over() -> None:
    for strokes in (strands.path(None), strands.path(3), strands.mini(4)):
        assert all(strokes[i + 1].d == gap.d for i, gap in enumerate(strokes) if gap.classes.endswith("-k"))


@pytest.mark.parametrize("step", [0, 6, -1])
def test_there_are_five_steps_and_no_others(step: int) -> None:
    with pytest.raises(ValueError, match="a step is 1 to 5"):
        strands.path(step)
    with pytest.raises(ValueError, match="a step is 1 to 5"):
        strands.mini(step)


def test_the_small_path_in_step_two_is_the_mock_ups() -> None:
    assert strands.mini(2) == drawn(MINI_TWO)


def test_a_sealed_gate_is_the_mock_ups() -> None:
    assert gate("sealed") == drawn(SEALED)


def test_an_open_gate_is_the_mock_ups_and_only_the_over_strand_moves() -> None:
    assert gate("open") == drawn(OPEN)
    assert classes(strands.gate_art("open").crossing) == ["strand st-k", "strand st-o"]
    assert all(not strands.gate_art(state).crossing for state in ("deciding", "sealed", "both-ready", "ended"))


def test_while_neither_has_decided_both_stand_before_the_gate() -> None:
    assert bead(gate("deciding"), "o") == "M420 52h.01"
    assert bead(gate("deciding"), "t") == "M420 98h.01"


def test_the_side_that_has_decided_stands_at_the_gate() -> None:
    assert bead(gate("sealed"), "o") == "M500 75h.01"
    assert bead(gate("deciding", theirs_in=True), "t") == "M500 75h.01"
    assert bead(gate("deciding", theirs_in=True), "o") == "M330 52h.01"


def test_their_decision_is_drawn_as_the_mirror_image_of_ours() -> None:
    strokes = gate("deciding", theirs_in=True)
    assert Stroke("M0 98H420C470 98 494 77 500 75", "strand st-t") in strokes
    assert Stroke("M500 75C506 73 540 52 580 52", "strand st-t ahead") in strokes
    assert Stroke("M330 52H420", "strand st-o ahead") in strokes


def test_with_both_decisions_in_both_stand_at_the_gate_side_by_side() -> None:
    assert gate("sealed", theirs_in=True) == gate("both-ready")
    assert bead(gate("both-ready"), "o") == "M464.7 59.2h.01"
    assert bead(gate("both-ready"), "t") == "M464.7 90.8h.01"


def test_an_ending_is_firm_to_the_end() -> None:
    assert gate("ended") == drawn(
        """
strand st-o|M0 52H480C650 52 760 8 1000 4
strand st-t|M0 98H480C650 98 760 142 1000 146
strand st-c|M0 98H480C650 98 760 142 1000 146
"""
    )


def test_seven_leads_given_are_the_mock_ups_seven_threads() -> None:
    bundles = [Bundle(3, "became work"), Bundle(2, "talking"), Bundle(1, "nothing"), Bundle(1, "no word", faint=True)]
    assert strands.flow(bundles) == strands.Flow(208, drawn(GIVEN))


def test_leads_received_run_from_the_right_and_are_hollow() -> None:
    flow = strands.flow([Bundle(2, "became work"), Bundle(2, "talking"), Bundle(1, "nothing")], "theirs")
    assert flow.height == 156
    assert flow.strokes[:2] == drawn("th th-t|M100 60C50 60 50 21.5 0 21.5\nth th-c|M100 60C50 60 50 21.5 0 21.5")
    assert len(flow.strokes) == 10


def test_thirty_leads_are_thirty_threads_within_their_row() -> None:
    strokes = strands.flow([Bundle(30, "talking")]).strokes
    ends = [float(stroke.d.split()[-1]) for stroke in strokes]
    assert len(strokes) == 30
    assert min(ends) >= 4 and max(ends) <= 48


def test_beyond_thirty_the_width_of_a_bundle_is_its_share() -> None:
    assert strands.shares([300, 200, 100], 30) == [15, 10, 5]
    assert len(strands.flow([Bundle(300, ""), Bundle(200, ""), Bundle(100, "")]).strokes) == 30


def test_a_single_lead_among_thousands_keeps_its_thread() -> None:
    assert strands.shares([5000, 1, 0, 1], 30) == [28, 1, 0, 1]


def test_no_leads_at_all_draw_nothing() -> None:
    assert strands.flow([]) == strands.Flow(0, ())
    assert strands.flow([Bundle(0, "talking")]) == strands.Flow(52, ())


def test_empty_states_tell_good_order_from_not_begun() -> None:
    assert strands.empty("in-order") == drawn("strand st-o|M0 12H144\nstrand st-t|M0 26H144\nstrand st-c|M0 26H144")
    assert strands.empty("begin")[0] == Stroke("M0 4C60 4 60 12 144 12", "strand st-o")
    assert strands.empty("begin")[1] == Stroke("M0 32C60 32 60 24 144 24", "strand st-t ahead")
    assert all(name.endswith("ahead") for name in classes(strands.empty("ahead")))


def test_the_clock_eighteen_minutes_in_is_the_mock_ups() -> None:
    clock = dial(1800, 1800, 18 * 60, "theirs")
    assert clock.arcs == drawn(EIGHTEEN_MINUTES_IN)
    assert clock.hand == Stroke("M162.8 120.4L192.3 130", "ck-hand")
    assert (clock.minutes_left, clock.speaking) == (12, "theirs")


def test_the_clock_has_twelve_ticks_longer_at_the_quarters() -> None:
    ticks = [tick.d for tick in dial(1800, 1800, 0).ticks]
    assert len(ticks) == 12
    assert ticks[:2] == ["M100 30L100 23", "M136.5 36.8L138.5 33.3"]


def test_before_it_starts_everything_on_the_clock_is_faint() -> None:
    clock = dial(1800, 1800, 0, "ours")
    assert all(arc.classes.endswith("ahead") for arc in clock.arcs)
    assert (clock.speaking, clock.minutes_left, clock.angle) == ("ours", 30, 0)


def test_in_the_second_half_the_first_is_spent_and_the_other_speaks() -> None:
    clock = dial(1800, 1800, 2700, "ours")
    assert (clock.speaking, clock.angle, clock.seconds_left) == ("theirs", 270, 900)
    assert classes(clock.arcs) == ["ck st-t ahead", "ck-core ahead", "ck st-o", "ck st-t", "ck-core"]


def test_at_the_very_turn_the_second_speaker_has_the_whole_half() -> None:
    clock = dial(1800, 1800, 1800, "ours")
    assert (clock.speaking, clock.angle, clock.minutes_left) == ("theirs", 180, 30)


def test_after_the_hour_nobody_speaks_and_nothing_is_left() -> None:
    for elapsed in (3600, 9999):
        clock = dial(1800, 1800, elapsed)
        assert (clock.speaking, clock.seconds_left, clock.angle) == (None, 0, 360)
        assert not any(arc.classes.endswith("ahead") for arc in clock.arcs)


def test_halves_need_not_be_equal_nor_last_at_all() -> None:
    assert dial(600, 1800, 1500).angle == 270
    assert dial(0, 1800, 0).speaking == "theirs"
    assert dial(0, 0, 5).speaking is None
    assert dial(1800, 1800, -5).angle == 0
