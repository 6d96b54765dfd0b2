"""Doors of teaching."""

from django.urls import path

from goodword.teaching.views import for_partner, own_words, practising

urlpatterns = [
    path("teaching", own_words.own_teaching, name="own-teaching"),
    path("r/<str:key>/teaching", for_partner.teaching, name="teaching"),
    path("r/<str:key>/teaching/reason", for_partner.reason, name="teaching-reason"),
    path("r/<str:key>/teaching/mine", own_words.mine, name="teaching-mine"),
    path("r/<str:key>/teaching/back", for_partner.back, name="teaching-back"),
    path("r/<str:key>/teaching/approach", for_partner.approach, {"whose": "theirs"}, name="teaching-approach"),
    path("r/<str:key>/teaching/ours/approach", for_partner.approach, {"whose": "ours"}, name="teaching-ours-approach"),
    path(
        "r/<str:key>/teaching/approaches/<str:item>/agreement",
        for_partner.approach_agreement,
        name="teaching-approach-agreement",
    ),
    path("r/<str:key>/teaching/ours", own_words.ours, name="teaching-ours"),
    path("r/<str:key>/teaching/draft", own_words.draft, name="teaching-draft"),
    path("r/<str:key>/teaching/preview", own_words.preview, name="teaching-preview"),
    path("r/<str:key>/teaching/versions/<str:item>", for_partner.version, name="teaching-version"),
    path("r/<str:key>/teaching/card", for_partner.card, name="teaching-card"),
    path("r/<str:key>/teaching/card/file", for_partner.card_file, name="teaching-card-file"),
    path("r/<str:key>/teaching/practice", practising.practice, name="teaching-practice"),
    path("r/<str:key>/teaching/practice/answer", practising.answer, name="teaching-practice-answer"),
    path("r/<str:key>/teaching/practice/end", practising.stop, name="teaching-practice-end"),
]
