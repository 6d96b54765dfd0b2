"""Doors of the stairs."""

from django.urls import path

from goodword.gates import views

urlpatterns = [
    path("r/<str:key>/gate", views.gate, name="gate"),
    path("r/<str:key>/gate/<slug:gate_id>/<int:number>", views.result, name="gate-result"),
    path("r/<str:key>/let-go", views.letting_go, name="let-go"),
    path("r/<str:key>/giving-up", views.giving_up, name="giving-up"),
    path("r/<str:key>/pause", views.pausing, name="pause"),
    path("r/<str:key>/ending", views.ending, name="ending"),
]
