"""The playbook holds what the method needs, says it decently, and says plainly where a file is amiss."""

import re
from collections import Counter
from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from goodword.playbook.entries import ABOUTS, PARTS, STEPS, Agenda
from goodword.playbook.shelf import FILES, SHELVES, Playbook, PlaybookError, load, playbook, texts

BOOK = playbook()
BANNED = (
    "problem",
    "complaint",
    "objection",
    "risk score",
    "reject",
    "fail",
    "overdue",
    "suspicious",
    "blacklist",
    "you must",
    "invalid input",
    "!",
)


def minutes_of(agenda: Agenda, half: str) -> int:
    """Return the minutes an agenda gives to one half."""
    return sum(item.minutes for item in agenda.items if item.half == half)


def overlay(folder: Path, name: str, text: str) -> Path:
    """Writes one file of an installation's own playbook, and gives back its folder."""
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def refusal(folder: Path, name: str, text: str) -> str:
    """The sentence with which a file is turned down."""
    with pytest.raises(PlaybookError) as caught:
        load(overlay(folder, name, text))
    return str(caught.value)


def test_each_step_has_an_agenda() -> None:
    assert tuple(agenda.step for agenda in BOOK.agendas) == STEPS
    assert all(BOOK.agenda(step).items for step in STEPS)


def test_m7_exploring_takes_an_hour_in_two_equal_halves() -> None:
    explore = BOOK.agenda("explore")
    assert explore.minutes == 60
    assert minutes_of(explore, "proposer") == minutes_of(explore, "invited") > 0


def test_m8_each_half_covers_the_business_and_the_person() -> None:
    ids = {item.id for item in BOOK.agenda("explore").items}
    assert {f"explore_{half}_{what}" for half in ("proposer", "invited") for what in ("business", "person")} <= ids


def test_m11_m13_exploring_ends_with_the_process_the_reservations_and_the_question() -> None:
    closing = BOOK.agenda("explore").items[-3:]
    assert [item.id for item in closing] == ["explore_how_it_goes", "explore_reservations", "explore_go_on"]
    assert {item.half for item in closing} == {"both"}
    assert "reservations" in closing[0].text


@pytest.mark.parametrize("step", ["first_briefing", "second_briefing"])
def test_m19_m25_a_briefing_asks_for_reservations_late_and_then_says_what_is_next(step: str) -> None:
    items = BOOK.agenda(step).items
    ids = [item.id.split("_", 1)[1] for item in items]
    assert len(items) / 2 < ids.index("reservations") < ids.index("next") < ids.index("go_on") == len(ids) - 1
    assert {item.half for item in items} == {"speaker", "listener", "both"}


def test_m30_both_sides_have_the_same_time_to_teach() -> None:
    agree = BOOK.agenda("agree")
    assert minutes_of(agree, "proposer") == minutes_of(agree, "invited") > 0


def test_a_follow_up_has_sixteen_items_for_both() -> None:
    items = BOOK.agenda("advocate").items
    assert len({item.text for item in items}) == 16
    assert {item.half for item in items} == {"both"}


def test_there_are_forty_open_questions_in_four_groups() -> None:
    assert len(BOOK.questions()) >= 40
    assert [group.id for group in BOOK.question_groups] == ["business", "clients", "person", "relationship"]
    assert all(len(BOOK.questions(group.id)) >= 8 for group in BOOK.question_groups)
    closed = re.compile(r"(Do|Does|Did|Is|Are|Have|Has|Can|Could|Would|Will)\b")
    assert [each.text for each in BOOK.questions() if closed.match(each.text) or not each.text.endswith("?")] == []
    assert len(BOOK.listening) >= 6


def test_there_are_thirty_four_prompts_about_six_things_and_for_every_step() -> None:
    assert len(BOOK.prompts()) >= 34
    assert tuple(label.id for label in BOOK.abouts) == ABOUTS
    assert all(len(BOOK.prompts(about=about)) >= 5 for about in ABOUTS)
    assert all(len(BOOK.prompts(step=step)) >= 6 for step in STEPS)
    assert any(prompt.trades for prompt in BOOK.prompts())


def test_prompts_can_be_asked_for_by_step_and_subject_at_once() -> None:
    both = BOOK.prompts(step="advocate", about="behaviour")
    assert both == tuple(each for each in BOOK.prompts("advocate") if each.about == "behaviour")


def test_m19_a_prompt_lends_words_to_the_other_side() -> None:
    assert all(prompt.for_them.startswith("In your place I might worry that ") for prompt in BOOK.prompts())


def test_m23_m24_there_is_help_to_find_a_name_for_it() -> None:
    assert len(BOOK.naming_questions) == 5
    assert BOOK.precious_questions
    assert BOOK.premortem


def test_reservations_can_be_settled_in_ten_ways() -> None:
    assert [way.id for way in BOOK.ways_settled] == [
        "more_information",
        "see_the_work",
        "talk_to_client",
        "meet_colleague",
        "small_trial",
        "limit",
        "promise_with_date",
        "clause",
        "accept",
        "stop",
    ]


def test_m17_there_are_twenty_criteria() -> None:
    assert len(BOOK.criteria) == 20


def test_m27_there_are_twenty_two_clauses_and_nine_to_begin_with() -> None:
    assert len(BOOK.clauses) == 22
    assert [clause.id for clause in BOOK.default_clauses()] == [
        "purpose",
        "giving",
        "passing_on",
        "keeping_posted",
        "money",
        "confidentiality",
        "meetings",
        "review_date",
        "stopping",
    ]


def test_rules_of_professions_say_where_and_since_when_they_were_known() -> None:
    assert len(BOOK.profession_rules) >= 5
    assert all(rule.country and re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", rule.as_of) for rule in BOOK.profession_rules)


def test_m27_a_clause_is_filled_in_without_touching_what_was_filled_in() -> None:
    clause = BOOK.clause("whom_to_send")
    assert "{keep_back} and friends" in clause.fill_in({"send": "{keep_back} and friends", "keep_back": "nobody"})
    assert "…" in BOOK.clause("review_date").fill_in({"review_date": ""})
    assert BOOK.clause("nature").fill_in({"law": "X"}, translate=lambda _: "Recht: {law}") == "Recht: X"


def test_m30_m31_m32_there_are_fields_for_whom_what_and_words() -> None:
    assert all(BOOK.teaching(part) for part in PARTS)
    assert len(BOOK.listen_for) >= 12
    assert len(BOOK.routes) >= 5


def test_m33_there_are_approaches_for_someone_who_is_nervous() -> None:
    assert {"one_question", "a_story", "bare_introduction"} <= {approach.id for approach in BOOK.approaches}


def test_m4_each_stage_and_step_is_explained_in_two_or_three_sentences() -> None:
    for id in [*(f"stage_{number}" for number in range(1, 5)), *(f"step_{step}" for step in STEPS)]:
        assert len(re.findall(r"[.?](?: |$)", BOOK.help(id).text)) in (2, 3)
    assert "reservation" in BOOK.help("stage_2").text or "hesitate" in BOOK.help("stage_2").text


def test_each_step_ends_at_a_gate() -> None:
    assert [(gate.id, gate.step) for gate in BOOK.gates] == list(
        zip(("g1", "g2a", "g2b", "g3", "still_glad"), STEPS, strict=True)
    )
    assert all(gate.question.endswith("?") for gate in BOOK.gates)


def test_m35_a_report_can_name_seven_outcomes() -> None:
    expected = ["spoke", "meeting", "proposal", "client", "not_now", "not_a_fit", "no_answer"]
    assert [outcome.id for outcome in BOOK.outcomes] == expected


def test_leads_have_a_ladder_of_warmth_and_reasons_to_be_sent_back() -> None:
    assert [rung.rung for rung in BOOK.warmth] == list(range(1, 8))
    assert BOOK.reasons_back
    assert BOOK.pitfalls


def test_m38_there_are_seven_kinds_of_update() -> None:
    expected = ["products", "people", "prices", "results", "premises", "capacity", "wanted_now"]
    assert [kind.id for kind in BOOK.update_kinds] == expected


@pytest.mark.parametrize("name", SHELVES)
def test_every_kind_is_of_its_class_and_has_ids_of_its_own(name: str) -> None:
    holds = get_args(get_type_hints(Playbook)[name])[0]
    entries = getattr(BOOK, name)
    assert entries
    assert all(type(entry) is holds for entry in entries)
    assert [id for id, count in Counter(entry.id for entry in entries).items() if count > 1] == []


def test_every_file_in_the_folder_is_known() -> None:
    folder = Path(__file__).parents[2] / "goodword/playbook/data"
    assert {path.name for path in folder.iterdir()} == set(FILES)


def test_no_text_uses_a_banned_word_or_raises_its_voice() -> None:
    found = [(file, line, word) for file, line, text in texts() for word in BANNED if word in text.lower()]
    assert found == []


def test_texts_are_found_at_their_lines() -> None:
    root = Path(__file__).parents[2]
    gathered = list(texts())
    assert len(gathered) > 400
    for file, line, text in gathered:
        written = (root / file).read_text(encoding="utf-8").splitlines()[line - 1]
        assert text.replace('"', '\\"') in written


def test_texts_hold_no_ids() -> None:
    assert not {text for _, _, text in texts()} & {*STEPS, *ABOUTS, "proposer", "both"}


def test_entries_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        BOOK.criteria[0].text = "other"  # type: ignore[misc]


def test_the_playbook_is_read_once() -> None:
    assert playbook() is BOOK


def test_an_unknown_name_is_refused_in_words() -> None:
    for ask in (BOOK.agenda, BOOK.questions, BOOK.prompts, BOOK.teaching, BOOK.help, BOOK.gate, BOOK.clause):
        with pytest.raises(KeyError, match="the playbook has no"):
            ask("nonsense")


def test_an_installation_replaces_an_entry_where_it_stands_and_adds_its_own(tmp_path: Path) -> None:
    text = """version = 1
[[criterion]]
id = "trusted"
text = "Is somebody my clients already listen to"
why = "So says our chamber."
[[criterion]]
id = "member"
text = "Belongs to the chamber"
why = "We see them every month."
"""
    book = load(overlay(tmp_path, "criteria.toml", text))
    ids = [criterion.id for criterion in book.criteria]
    assert ids == [*(criterion.id for criterion in BOOK.criteria), "member"]
    assert book.criteria[ids.index("trusted")].why == "So says our chamber."
    assert book.questions() == BOOK.questions()
    assert "Belongs to the chamber" in {text for _, _, text in texts(tmp_path)}


def test_an_installation_may_add_a_group_of_questions(tmp_path: Path) -> None:
    text = """version = 1
[[group]]
id = "course"
text = "From the course"
[[question]]
id = "learned"
group = "course"
text = "What stayed with you?"
"""
    book = load(overlay(tmp_path, "questions.toml", text))
    assert [question.id for question in book.questions("course")] == ["learned"]


CRITERION = 'version = 1\n\n[[criterion]]\nid = "kind"\ntext = "Is kind"\nwhy = "It shows."\n'


@pytest.mark.parametrize(
    ("name", "text", "line", "entry", "reason"),
    [
        ("criteria.toml", CRITERION + 'colour = "blue"\n', 7, "kind", '"colour" is not a key it can have'),
        ("criteria.toml", CRITERION.replace('why = "It shows."', ""), 3, "kind", '"why" is missing'),
        ("criteria.toml", CRITERION.replace('"Is kind"', "3"), 5, "kind", '"text" should be text in quotes'),
        ("criteria.toml", CRITERION.replace('"Is kind"', '""'), 5, "kind", '"text" should not be empty'),
        ("criteria.toml", CRITERION.replace('"Is kind"', '" Is"'), 5, "kind", "begin or end with a space"),
        ("criteria.toml", CRITERION.replace('"kind"', '"Kind of"'), 4, "Kind of", "small letters"),
        ("criteria.toml", CRITERION.replace('id = "kind"', ""), 3, "criterion number 1", '"id" is missing'),
        ("criteria.toml", CRITERION + CRITERION.replace("version = 1", ""), 10, "kind", "taken by another criterion"),
        ("criteria.toml", CRITERION + "why = \n", 7, "", "this is not TOML"),
        ("criteria.toml", CRITERION.replace("[[criterion]]", "[[criterium]]"), 3, "", 'which holds "criterion"'),
        ("criteria.toml", CRITERION.replace("[[criterion]]", "[criterion]"), 0, "", "under its own [[criterion]]"),
        ("criteria.toml", CRITERION.replace("version = 1", "version = 2"), 1, "", "needs version = 1"),
        ("criteria.toml", CRITERION.replace("version = 1", ""), 0, "", "needs version = 1"),
        (
            "agendas.toml",
            'version = 1\n[[item]]\nid = "explore_proposer_business"\nstep = "explore"\nhalf = "proposer"\n'
            'minutes = 30\ntext = "Me"\n',
            6,
            "explore_proposer_business",
            "proposer 40, invited 22 minutes",
        ),
        (
            "agendas.toml",
            'version = 1\n[[item]]\nid = "more"\nstep = "advocate"\nhalf = "speaker"\nminutes = 3\ntext = "Me"\n',
            5,
            "more",
            '"half" cannot be "speaker"',
        ),
        (
            "agendas.toml",
            'version = 1\n[[item]]\nid = "more"\nstep = "later"\nhalf = "both"\nminutes = 3\ntext = "Me"\n',
            4,
            "more",
            '"step" should be one of',
        ),
        (
            "agendas.toml",
            'version = 1\n[[item]]\nid = "more"\nstep = "advocate"\nhalf = "both"\nminutes = true\ntext = "Me"\n',
            6,
            "more",
            '"minutes" should be a whole number',
        ),
        (
            "agendas.toml",
            'version = 1\n[[item]]\nid = "more"\nstep = "advocate"\nhalf = "both"\nminutes = 0\ntext = "Me"\n',
            6,
            "more",
            "one or more",
        ),
        (
            "questions.toml",
            'version = 1\n[[question]]\nid = "new"\ngroup = "weather"\ntext = "How is it?"\n',
            4,
            "new",
            'there is no group "weather"',
        ),
        (
            "clauses.toml",
            'version = 1\n[[clause]]\nid = "new"\ntitle = "New"\ndefault = false\ntext = "By {when}."\n',
            6,
            "new",
            '"when" stands either in the text or in "fields"',
        ),
        (
            "clauses.toml",
            'version = 1\n[[clause]]\nid = "new"\ntitle = "New"\ndefault = false\ntext = "{a}"\nfields = ["a"]\n',
            6,
            "new",
            'no [[field]] with the id "a"',
        ),
        (
            "clauses.toml",
            'version = 1\n[[clause]]\nid = "new"\ntitle = "New"\ndefault = false\ntext = "{law.x}"\n',
            6,
            "new",
            "a brace in the text",
        ),
        (
            "reservation_prompts.toml",
            'version = 1\n[[prompt]]\nid = "new"\nabout = "fit"\nsteps = "explore"\ntext = "A"\nfor_them = "B"\n',
            5,
            "new",
            "a list in square brackets",
        ),
        (
            "help.toml",
            'version = 1\n[[outcome]]\nid = "married"\nlabel = "A"\ntext = "B"\n',
            3,
            "married",
            '"id" should be one of "spoke"',
        ),
    ],
)
def test_a_broken_file_is_named_with_line_entry_and_reason(
    tmp_path: Path, name: str, text: str, line: int, entry: str, reason: str
) -> None:
    message = refusal(tmp_path, name, text)
    assert message.startswith(str(tmp_path / name) + (f", line {line}" if line else ""))
    assert f'entry "{entry}"' in message or not entry
    assert reason in message


def test_a_file_nobody_would_read_is_pointed_out(tmp_path: Path) -> None:
    assert "question.toml: a playbook has no file of this name" in refusal(tmp_path, "question.toml", "version = 1\n")


def test_a_folder_that_is_not_there_is_pointed_out(tmp_path: Path) -> None:
    with pytest.raises(PlaybookError, match="no such folder"):
        load(tmp_path / "nowhere")


def test_a_file_in_another_encoding_is_pointed_out(tmp_path: Path) -> None:
    (tmp_path / "help.toml").write_bytes(b"version = 1 # caf\xe9\n")
    with pytest.raises(PlaybookError, match="UTF-8"):
        load(tmp_path)


def test_the_playbook_knows_nothing_of_django() -> None:
    folder = Path(__file__).parents[2] / "goodword/playbook"
    assert [
        path.name
        for path in folder.glob("*.py")
        if "import django" in path.read_text() or "from django" in path.read_text()
    ] == []
