"""Every model of a relationship has exactly one lock; every table stands somewhere; the plain manager gives nothing."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from goodword.ground.sealing import SealBroken, SealedValue
from goodword.relationships.journal import Event
from goodword.relationships.visibility import Locked, Mine, Ours, SealedText, SealedUntilOpened, Shared
from tests.cast import Cast

LOCKS = (Mine, Ours, SealedUntilOpened, Shared)
SCOPES = {"relationship", "person", "reference", "local"}
THIRD_PARTY = {"auth", "contenttypes", "sessions", "account", "mfa"}

OUR_MODELS = list(apps.get_app_config("goodword").get_models())
LOCKED_MODELS = [model for model in OUR_MODELS if issubclass(model, Locked)]


@pytest.mark.parametrize("model", LOCKED_MODELS, ids=lambda m: m.__name__)
def test_a_model_of_a_relationship_takes_exactly_one_lock(model: type[Locked]) -> None:
    assert sum(issubclass(model, lock) for lock in LOCKS) == 1


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda m: m.__name__)
def test_every_table_says_by_what_it_is_distributed(model: type[models.Model]) -> None:
    scope = getattr(model, "scope", None)
    assert scope in SCOPES, f"{model.__name__} needs scope = one of {sorted(SCOPES)}"
    names = {field.attname for field in model._meta.concrete_fields}
    if scope == "relationship" and model.__name__ != "Relationship":
        assert "relationship_id" in names
    if scope == "person":
        assert "person_id" in names


def test_tables_that_are_not_ours_are_known_and_local() -> None:
    others = {model._meta.app_label for model in apps.get_models()} - {"goodword"}
    assert others <= THIRD_PARTY


@pytest.mark.parametrize("model", LOCKED_MODELS, ids=lambda m: m.__name__)
def test_unique_constraints_of_a_relationships_table_include_the_relationship(model: type[Locked]) -> None:
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            assert "relationship" in constraint.fields, constraint.name
    assert not [f.name for f in model._meta.concrete_fields if f.unique and not f.primary_key]


@pytest.mark.parametrize("model", LOCKED_MODELS, ids=lambda m: m.__name__)
def test_locked_models_cannot_be_reached_backwards(model: type[Locked]) -> None:
    for field in model._meta.concrete_fields:
        if field.is_relation:
            assert field.remote_field.related_name == "+", field.name


@pytest.mark.parametrize("model", LOCKED_MODELS, ids=lambda m: m.__name__)
def test_sealed_text_lies_only_in_drawers(model: type[Locked]) -> None:
    if issubclass(model, Shared):
        assert not [f.name for f in model._meta.concrete_fields if isinstance(f, SealedText)]


@pytest.mark.parametrize("model", [m for m in LOCKED_MODELS if not issubclass(m, Shared)], ids=lambda m: m.__name__)
def test_free_text_in_a_drawer_is_sealed(model: type[Locked]) -> None:
    assert not [f.name for f in model._meta.concrete_fields if isinstance(f, models.TextField)]


def test_the_plain_manager_returns_nothing(cast: Cast) -> None:
    assert Event.objects.visible_to(cast.ada).exists()
    assert not Event.objects.all().exists()
    assert not Event.objects.filter(relationship_id=cast.ada.relationship_id).exists()


@pytest.mark.parametrize(
    "use", [str, repr, format, bool, len, hash, lambda v: f"{v}", lambda v: v + "x", lambda v: v == "x"]
)
def test_a_sealed_value_cannot_be_shown_compared_or_counted(use: object) -> None:
    with pytest.raises(SealBroken):
        use(SealedValue(lambda: "secret", lambda seat: False))  # type: ignore[operator]


def test_a_sealed_value_opens_for_nobody_its_lock_does_not_name() -> None:
    with pytest.raises(SealBroken):
        SealedValue(lambda: "secret", lambda seat: False).unseal(object())


@pytest.mark.parametrize("lock", [Mine, Ours, SealedUntilOpened], ids=lambda lock: lock.__name__)
def test_sealed_text_opens_for_those_its_lock_names_and_nobody_else(cast: Cast, lock: type[Locked]) -> None:
    """The seal asks by itself, whichever query found the row."""
    model = next(
        m
        for m in LOCKED_MODELS
        if issubclass(m, lock) and any(isinstance(f, SealedText) for f in m._meta.concrete_fields)
    )
    field = next(f.name for f in model._meta.concrete_fields if isinstance(f, SealedText))
    ada = cast.ada
    row = model(relationship_id=ada.relationship_id, side_id=ada.side_id, author_id=ada.person_id, **{field: "secret"})
    colleague = [] if lock is Mine else [cast.abe]
    for seat in (ada, *colleague):
        assert getattr(row, field).unseal(seat) == "secret"
    for seat in (
        cast.ben,
        cast.bea,
        cast.ben.as_other_side(),
        ada.as_other_side(),
        ada.without_drawers(),
        *([cast.abe] if lock is Mine else []),
    ):
        with pytest.raises(SealBroken):
            getattr(row, field).unseal(seat)


# Whoever carries sealed bytes about without opening them: a change of keys, and rows made up for measuring.
ROUND_THE_LOCK = {"ops/rotating.py", "ops/seeding.py", "account/actions/merging.py"}


def test_nobody_goes_round_a_lock_by_djangos_own_manager() -> None:
    code = Path(__file__).parents[2] / "goodword"
    ways = re.compile(r"_base_manager|_default_manager|SAME_ROW|\.raw\(")
    found = {str(path.relative_to(code)) for path in code.rglob("*.py") if ways.search(path.read_text())}
    assert found - {"relationships/visibility.py", "relationships/sealed_columns.py"} <= ROUND_THE_LOCK
