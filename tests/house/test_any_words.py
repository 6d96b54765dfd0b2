"""Whatever text comes for a field of a form: it is taken, or answered with a sentence; never a fault."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import goodword

# What people type and machines send: any text, and much of it what fields read something out of.
WORDS = st.one_of(
    st.text(max_size=60),
    st.text("0123456789-+.,:/ eE", max_size=20),
    st.text("0123456789-T:Z/. ", max_size=25),
    st.text("ab@.<>:/+ é\u200b\0", max_size=30),
)


def form_classes() -> list[type[forms.Form]]:
    """Return every form of the house."""
    for found in pkgutil.walk_packages(goodword.__path__, "goodword."):
        if found.name.rpartition(".")[2].endswith("forms"):
            importlib.import_module(found.name)

    def below(kind: type[forms.Form]) -> Iterator[type[forms.Form]]:
        for one in kind.__subclasses__():
            yield one
            yield from below(one)

    return [one for one in dict.fromkeys(below(forms.Form)) if one.__module__.startswith("goodword.")]


def all_fields() -> list[tuple[str, str, forms.Field]]:
    """Return every field one types or chooses in: its form's name, its own, and the field."""
    return [
        (form.__name__, name, field)
        for form in form_classes()
        for name, field in form.base_fields.items()
        if not isinstance(field, forms.FileField)
    ]


FIELDS = all_fields()


def test_there_are_fields() -> None:
    assert len(FIELDS) > 60


@example("")
@example("9999-12-31")
@example("²")
@example("\ud800")
@given(WORDS)
@settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_text_is_taken_or_answered(text: str) -> None:
    for form, name, field in FIELDS:
        data = QueryDict(mutable=True)
        for each in (name, f"{name}_0", f"{name}_1"):
            data.setlist(each, [text])
        try:
            field.clean(field.widget.value_from_datadict(data, {}, name))
        except ValidationError:
            continue
        except Exception as fault:
            raise AssertionError(f"{form}.{name} breaks on {text!r}") from fault
