"""Making many new tables in one step.

Django renders every related model again after each single operation; with some ninety models that all hang on one, this
takes a quarter of a minute of every first start and of every test database. The tables are new, so they can be made as they
are in the end, from a state that is rendered once.
"""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, AlterUniqueTogether, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class Together(Operation):
    """Operations that make new models and complete them: nothing else may be among them."""

    def __init__(self, operations: list[Operation]) -> None:
        self.operations = operations
        self.made = [operation for operation in operations if isinstance(operation, CreateModel)]
        names = {operation.name_lower for operation in self.made}
        for operation in operations:
            if isinstance(operation, CreateModel):
                continue
            if not isinstance(operation, (AddField, AddIndex, AddConstraint)) or operation.model_name_lower not in names:
                raise ValueError(f"only new models and what completes them may be made together, not {operation}")

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Return how to write it down."""
        return type(self).__name__, [self.operations], {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Add the models to a state that has not been rendered, so that nothing is rendered until the end."""
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Make the tables as they are in the end. Their order does not matter: foreign keys are checked when all are there."""
        for operation in self.made:
            model = to_state.apps.get_model(app_label, operation.name)
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.create_model(model)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Take the tables away again, the last first."""
        for operation in reversed(self.made):
            model = from_state.apps.get_model(app_label, operation.name)
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.delete_model(model)

    def describe(self) -> str:
        """Return what it does."""
        return f"Make {len(self.made)} tables together"
