"""Doors of the agreement."""

from django.urls import path

from goodword.agreements import views

urlpatterns = [
    path("r/<str:key>/agreement", views.agreement, name="agreement"),
    path("r/<str:key>/agreement/words", views.words, name="agreement-words"),
    path("r/<str:key>/agreement/acceptance", views.acceptance, name="agreement-acceptance"),
    path("r/<str:key>/agreement/text", views.text, name="agreement-text"),
    path("r/<str:key>/agreement/pdf", views.as_pdf, name="agreement-pdf"),
]
