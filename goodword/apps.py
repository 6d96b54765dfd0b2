"""Goodword as Django sees it: one application."""

from django.apps import AppConfig


class GoodwordConfig(AppConfig):
    """Registers checks, letters and the projection when Django has loaded every model."""

    name = "goodword"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Import what registers itself: the door check, each room's letters, and what the list shows of a relationship."""
        from goodword import register

        register.open_house()
