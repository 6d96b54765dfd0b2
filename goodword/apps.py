"""Goodword as Django sees it: one application."""

from django.apps import AppConfig


class GoodwordConfig(AppConfig):
    """Opens the rooms when Django has loaded every model."""

    name = "goodword"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Open the rooms: see the one list of them."""
        from goodword import rooms
        from goodword.ops import slow

        rooms.open_all()
        slow.watch()
