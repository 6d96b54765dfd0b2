"""Doors of teaching."""

from django.urls import path

from goodword.teaching import own_views, practice_views, views

urlpatterns = [
    path("teaching", own_views.own_teaching, name="own-teaching"),
    path("r/<str:key>/teaching", views.teaching, name="teaching"),
    path("r/<str:key>/teaching/reason", views.reason, name="teaching-reason"),
    path("r/<str:key>/teaching/mine", own_views.mine, name="teaching-mine"),
    path("r/<str:key>/teaching/back", views.back, name="teaching-back"),
    path("r/<str:key>/teaching/approach", views.approach, {"whose": "theirs"}, name="teaching-approach"),
    path("r/<str:key>/teaching/ours/approach", views.approach, {"whose": "ours"}, name="teaching-ours-approach"),
    path(
        "r/<str:key>/teaching/approaches/<str:item>/agreement",
        views.approach_agreement,
        name="teaching-approach-agreement",
    ),
    path("r/<str:key>/teaching/ours", own_views.ours, name="teaching-ours"),
    path("r/<str:key>/teaching/draft", own_views.draft, name="teaching-draft"),
    path("r/<str:key>/teaching/preview", own_views.preview, name="teaching-preview"),
    path("r/<str:key>/teaching/versions/<str:item>", views.version, name="teaching-version"),
    path("r/<str:key>/teaching/card", views.card, name="teaching-card"),
    path("r/<str:key>/teaching/card/file", views.card_file, name="teaching-card-file"),
    path("r/<str:key>/teaching/practice", practice_views.practice, name="teaching-practice"),
    path("r/<str:key>/teaching/practice/answer", practice_views.answer, name="teaching-practice-answer"),
    path("r/<str:key>/teaching/practice/end", practice_views.stop, name="teaching-practice-end"),
]
