"""Doors of the post room."""

from django.urls import path

from goodword.post.stopping import stop_letters

urlpatterns = [path("stop/<str:signed>", stop_letters, name="stop-letters")]
