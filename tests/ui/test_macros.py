"""The parts, rendered in an environment like the real one, with real Django forms."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.conf import settings
from jinja2 import Environment, FileSystemLoader, StrictUndefined, UndefinedError
from markupsafe import Markup

from goodword.ui import strands, words
from goodword.ui.clock import dial

if not settings.configured:
    settings.configure(USE_I18N=False)

ROOT = Path(__file__).parents[2] / "goodword"
KINDS = [("person", "In person"), ("phone", "Telephone"), ("video", "Video")]


def environment() -> Environment:
    env = Environment(
        loader=FileSystemLoader(ROOT),
        undefined=StrictUndefined,
        autoescape=True,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.policies["ext.i18n.trimmed"] = True
    env.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    env.filters.update(words.FILTERS)
    env.globals.update(drawn=strands)
    return env


ENV = environment()


def drawn(source: str, **context: Any) -> str:
    imports = "".join(
        f'{{% import "ui/parts/{name}.html" as {name} %}}' for name in ("strands", "sees", "form", "bits", "clock")
    )
    return ENV.from_string(imports + source).render(**context)


class Plan(forms.Form):
    kind = forms.ChoiceField(label="What kind of meeting?", choices=KINDS, widget=forms.RadioSelect)
    day = forms.DateField(
        label="Day",
        input_formats=["%d/%m/%Y"],
        help_text="For example, 22/5/2026",
        error_messages={"required": "Choose a day", "invalid": "Choose a day like 22/5/2026"},
        widget=forms.DateInput(attrs={"class": "short", "inputmode": "numeric"}),
    )
    place = forms.CharField(
        label="Where?",
        max_length=20,
        error_messages={"required": "Say where you’ll meet, or choose telephone"},
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    hope = forms.CharField(label="What would make it a good hour?", required=False, widget=forms.Textarea)
    zone = forms.ChoiceField(
        label="Zone", required=False, choices=[("", "Choose"), ("Europe", [("lon", "London"), ("par", "Paris")])]
    )
    tell = forms.BooleanField(label="Tell Tom", required=False, help_text="He gets one message.")
    many = forms.IntegerField(label="How many?", required=False)


def sent(**data: str) -> Plan:
    return Plan({"kind": "person", "day": "22/5/2026", "place": "The Lantern", **data})


# ── Strands ──


def test_the_path_marks_the_step_for_eyes_and_ears() -> None:
    html = drawn("{{ strands.path(2, ['done', 'Tom tells, you ask', 'next', 'ahead', 'ahead']) }}")
    assert '<li aria-current="step"><span class="path-n">Step 2 of 5</span><b>First briefing</b>' in html
    assert html.count("aria-current") == 1
    assert html.count("<li") == 5
    assert "<span>Tom tells, you ask</span>" in html
    assert html.count('class="bead') == 3
    assert "upright" not in html


def test_the_path_told_in_full_has_an_upright_twin() -> None:
    html = drawn("{{ strands.path(1, told=True, begun=False) }}")
    assert 'class="path path-told"' in html
    assert 'viewBox="0 0 52 1000" class="upright"' in html
    assert '<li aria-current="step">' in html
    assert "bead" not in html


def test_a_path_without_a_step_names_no_current_one() -> None:
    assert "aria-current" not in drawn("{{ strands.path(None) }}")


def test_names_of_the_steps_may_be_given_and_are_escaped() -> None:
    assert "<b>A &amp; B</b>" in drawn("{{ strands.path(1, names=['A & B', '2', '3', '4', '5']) }}")


def test_the_small_paths_are_defined_once_and_used_by_step() -> None:
    assert [f'id="mini-{step}"' in drawn("{{ strands.mini_symbols() }}") for step in range(1, 6)] == [True] * 5
    assert drawn("{{ strands.mini(4) }}") == (
        '<svg class="mini" aria-hidden="true" focusable="false"><use href="#mini-4"/></svg>'
    )


def test_only_an_open_gate_has_a_crossing_that_moves() -> None:
    assert 'class="gate-art gate-open"' in drawn("{{ strands.gate_art('open') }}")
    assert '<g class="cross">' in drawn("{{ strands.gate_art('open') }}")
    for state in ("deciding", "sealed", "both-ready", "ended"):
        assert "cross" not in drawn("{{ strands.gate_art(state) }}", state=state)


def test_an_envelope_is_sealed_with_the_mark_of_its_side() -> None:
    assert 'class="wax"' in drawn("{{ strands.envelope('ours', True) }}")
    assert "<polygon" in drawn("{{ strands.envelope('theirs', True) }}")
    assert "env-none" in drawn("{{ strands.envelope('theirs', False) }}")


def test_leads_flow_away_from_us_and_back() -> None:
    bundles = [strands.Bundle(40, "became work"), strands.Bundle(2, "talking")]
    ours = drawn("{{ strands.flow_way(42, 'You gave Tom', bundles) }}", bundles=bundles)
    assert ours.index("You gave Tom") < ours.index("<svg") < ours.index(">40</b> <span>became work</span>")
    theirs = drawn("{{ strands.flow_way(42, 'Tom gave you', bundles, 'theirs') }}", bundles=bundles)
    assert theirs.index(">40</b>") < theirs.index("<svg") < theirs.index("Tom gave you")
    assert "flow-back" in theirs


def test_every_drawing_is_hidden_from_screen_readers_and_none_carries_a_style() -> None:
    html = drawn(
        "{{ strands.path(3, told=True) }}{{ strands.mini_symbols() }}{{ strands.gate_art('sealed') }}"
        "{{ strands.wordmark('/') }}{{ strands.empty_strands('begin') }}{{ clock.face(dial) }}{{ sees.symbols() }}",
        dial=dial(1800, 1800, 60),
    )
    assert html.count("<svg") == html.count('aria-hidden="true"')
    assert "style=" not in html


# ── Who sees it ──


@pytest.mark.parametrize(("who", "label"), [("me", "Only me."), ("side", "Only our side."), ("both", "Both sides.")])
def test_the_label_of_who_sees_it_never_changes(who: str, label: str) -> None:
    html = drawn("{{ sees.mark(who, 'Tom & Co', 'x-s') }}", who=who)
    assert f'<use href="#sees-{who}"/></svg><span><b>{label}</b> Tom &amp; Co</span>' in html
    assert 'id="x-s"' in html


def test_a_mark_for_nobody_we_know_fails_loudly() -> None:
    with pytest.raises(UndefinedError):
        drawn("{{ sees.mark('everyone', '') }}")


def test_the_strip_stands_before_what_it_belongs_to() -> None:
    html = drawn("{% call sees.box('side', 'Tom never sees it.', 'x-s') %}<textarea></textarea>{% endcall %}")
    assert html.startswith('<div class="sees sees-side">')
    assert html.index("Tom never sees it.") < html.index("<textarea>")


# ── Forms ──


def test_a_form_not_yet_sent_has_no_summary() -> None:
    assert drawn("{{ form.summary(plan) }}", plan=Plan()) == ""
    assert drawn("{{ form.summary(plan) }}", plan=sent()) == ""


def test_one_thing_amiss_is_said_in_the_singular() -> None:
    html = drawn("{{ form.summary(plan) }}", plan=sent(place=""))
    assert "One thing needs another look" in html
    assert 'role="alert" aria-labelledby="amiss-title" tabindex="-1"' in html
    assert '<a href="#id_place">Say where you’ll meet, or choose telephone</a>' in html


def test_three_things_amiss_are_counted_in_words_with_the_whole_form_first() -> None:
    plan = sent(place="", day="someday")
    plan.add_error(None, "Tom has <changed> his mind")
    html = drawn("{{ form.summary(plan) }}", plan=plan)
    assert "Three things need another look" in html
    assert html.index("Tom has &lt;changed&gt; his mind") < html.index("#id_day") < html.index("#id_place")


def test_the_summary_links_a_group_to_its_first_answer() -> None:
    html = drawn("{{ form.summary(plan) }}{{ form.pick(plan.kind) }}", plan=sent(kind="dance"))
    assert 'href="#id_kind_0"' in html
    assert 'id="id_kind_0"' in html


def test_what_is_amiss_in_more_than_one_field_is_said_of_each_by_its_name() -> None:
    plan = sent()
    for name in ("day", "place"):
        plan.add_error(name, "Keep it short")
    html = drawn("{{ form.summary(plan) }}", plan=plan)
    assert f"Keep it short: {plan['day'].label}</a>" in html and f"Keep it short: {plan['place'].label}</a>" in html


def test_several_forms_share_one_summary() -> None:
    plans = [sent(place=""), Plan({}, prefix="b")]
    assert "Four things need another look" in drawn("{{ form.summary(plans) }}", plans=plans)


def test_the_words_beside_the_field_are_those_of_the_summary() -> None:
    plan = sent(place="")
    words_ = "Say where you’ll meet, or choose telephone"
    assert words_ in drawn("{{ form.summary(plan) }}", plan=plan)
    html = drawn("{{ form.field(plan.place) }}", plan=plan)
    assert f'<p class="amiss"><span class="vh">Error: </span>{words_}</p>' in html
    assert 'class="field is-amiss"' in html
    assert 'aria-describedby="id_place-e" aria-invalid="true"' in html


def test_what_was_typed_stays_and_the_helpers_are_joined_in_order() -> None:
    html = drawn("{{ form.field(plan.day, sees='me', sentence='Nobody else.') }}", plan=sent(day='"someday"'))
    assert 'value="&#34;someday&#34;"' in html
    assert 'aria-describedby="id_day-h id_day-e id_day-s"' in html
    assert 'class="short"' in html
    assert 'inputmode="numeric"' in html
    for helper in ("h", "e", "s"):
        assert f'id="id_day-{helper}"' in html


def test_a_private_box_is_never_filled_in_by_the_browser() -> None:
    html = drawn("{{ form.field(plan.place, sees='side', sentence='') }}{{ form.field(plan.place) }}", plan=Plan())
    assert 'autocomplete="off"' in html
    assert 'autocomplete="street-address"' in html


def test_an_empty_value_is_empty_and_nothing_is_cut_off() -> None:
    html = drawn("{{ form.field(plan.place) }}{{ form.field(plan.many) }}{{ form.field(plan.hope) }}", plan=Plan())
    assert "None" not in html
    assert html.count('value=""') == 2
    assert "maxlength" not in html and "required" not in html


def test_values_that_are_no_strings_are_shown_as_a_person_would_write_them() -> None:
    plan = Plan(initial={"many": 0, "day": dt.date(2026, 5, 22)})
    assert 'type="text" id="id_many"' in drawn("{{ form.field(plan.many) }}", plan=plan)
    assert 'value="0"' in drawn("{{ form.field(plan.many) }}", plan=plan)
    plan.fields["day"].widget = forms.DateInput(attrs={"type": "date"})
    assert 'type="date" id="id_day"' in drawn("{{ form.field(plan.day) }}", plan=plan)
    assert 'value="2026-05-22"' in drawn("{{ form.field(plan.day) }}", plan=plan)


def test_text_keeps_its_first_empty_line_and_cannot_leave_its_box() -> None:
    html = drawn("{{ form.field(plan.hope, rows=5) }}", plan=Plan(initial={"hope": "\n</textarea><b>"}))
    assert 'rows="5">\n\n&lt;/textarea&gt;&lt;b&gt;</textarea>' in html
    assert "cols" not in html


def test_a_select_shows_groups_and_what_was_chosen() -> None:
    html = drawn("{{ form.field(plan.zone) }}", plan=Plan(initial={"zone": "par"}))
    assert '<optgroup label="Europe">' in html
    assert '<option value="par" selected>Paris</option>' in html
    assert html.count("selected") == 1


def test_no_answer_is_chosen_beforehand() -> None:
    assert "checked" not in drawn("{{ form.pick(plan.kind) }}{{ form.choices(plan.kind) }}", plan=Plan())
    html = drawn("{{ form.pick(plan.kind) }}", plan=Plan(initial={"kind": "phone"}))
    assert 'value="phone" checked>' in html
    assert html.count("checked") == 1


def test_an_answer_sent_stays_chosen() -> None:
    assert 'value="video" checked>' in drawn("{{ form.choices(plan.kind) }}", plan=sent(kind="video"))


def test_djangos_empty_answer_is_not_offered() -> None:
    field = forms.ChoiceField(choices=[("", "---------"), *KINDS], widget=forms.RadioSelect)
    plan = type("Blank", (forms.Form,), {"kind": field})()
    html = drawn("{{ form.choices(plan.kind) }}{{ form.pick(plan.kind) }}", plan=plan)
    assert "-----" not in html
    assert "checked" not in html


def test_big_choices_carry_a_sentence_and_their_strip() -> None:
    html = drawn(
        "{{ form.choices(plan.kind, big=True, sees='side', sentence='Sealed.', small=small, legend='vh') }}",
        plan=Plan(),
        small={"phone": "From anywhere & no tie."},
    )
    assert '<fieldset class="field" aria-describedby="id_kind-s">' in html
    assert '<legend class="vh">What kind of meeting?</legend>' in html
    assert "<b>Telephone</b><small>From anywhere &amp; no tie.</small>" in html
    assert html.index('id="id_kind-s"') < html.index('<div class="choices choices-big">')
    assert html.count('type="radio"') == 3


def test_the_last_of_an_odd_number_of_picks_goes_right_across() -> None:
    html = drawn("{{ form.pick(plan.kind, legend='h1') }}", plan=Plan())
    assert '<legend><h1 class="h1-s">What kind of meeting?</h1></legend>' in html
    assert html.count('class="wide"') == 1
    assert html.index("Telephone") < html.index('class="wide"') < html.index("Video")


def test_a_group_amiss_has_its_edge_around_legend_and_answers() -> None:
    html = drawn("{{ form.choices(plan.kind) }}", plan=sent(kind=""))
    assert html.startswith('<div class="field is-amiss">\n<fieldset class="field" aria-describedby="id_kind-e">')
    assert "aria-invalid" not in html


def test_a_tick_box_is_ticked_only_if_the_form_says_so() -> None:
    assert " checked" not in drawn("{{ form.checkbox(plan.tell) }}", plan=Plan())
    html = drawn("{{ form.checkbox(plan.tell) }}", plan=sent(tell="on"))
    assert 'type="checkbox" id="id_tell" name="tell" checked>' in html
    assert "<b>Tell Tom</b><small>He gets one message.</small>" in html


# ── Bits ──


def test_a_side_is_named_by_colour_shape_and_word() -> None:
    assert drawn("{{ bits.side('theirs', '<Tom>') }}") == '<span class="side side-theirs">&lt;Tom&gt;</span>'


def test_a_button_that_acts_is_a_form_of_its_own() -> None:
    html = drawn(
        "{{ bits.post_button('/x', 'Settled', token, 'btn btn-small', 'to', 0, 'the letter') }}",
        token=Markup('<input type="hidden">'),
    )
    assert html.strip() == (
        '<form action="/x" method="post"><input type="hidden"><button class="btn btn-small" name="to" value="0">'
        'Settled<span class="vh">: the letter</span></button></form>'
    )


def test_paging_keeps_what_was_asked_for() -> None:
    html = drawn("{{ bits.paging(2, 3, 'q=hale%26co&page=2&sort=name') }}")
    assert 'rel="prev" href="?q=hale%26co&amp;sort=name&amp;page=1"' in html
    assert 'rel="next" href="?q=hale%26co&amp;sort=name&amp;page=3"' in html
    assert "Page 2 of 3" in html


def test_paging_ends_at_both_ends_and_is_silent_on_one_page() -> None:
    assert "rel=" not in drawn("{{ bits.paging(1, 1) }}")
    assert 'rel="prev"' not in drawn("{{ bits.paging(1, 2) }}")
    assert 'rel="next"' not in drawn("{{ bits.paging(2, 2) }}")
    assert 'href="/p/2"' in drawn("{{ bits.paging(1, 2, to) }}", to=lambda number: f"/p/{number}")


def test_filters_say_which_one_is_on() -> None:
    items = [{"href": "?", "text": "All", "count": 40, "current": True}, {"href": "?s=1", "text": "Explore & on"}]
    html = drawn("{{ bits.filters(items, 'Step') }}", items=items)
    assert '<a href="?" aria-current="true">All <span>40</span></a>' in html
    assert '<a href="?s=1">Explore &amp; on</a>' in html
