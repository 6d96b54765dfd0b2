"""Which room an address belongs to."""

from django.urls import include, path

urlpatterns = [
    path("", include("goodword.people.urls")),
    path("", include("goodword.relationships.urls")),
    path("", include("goodword.ops.urls")),
    path("", include("goodword.post.urls")),
    path("", include("goodword.agreements.urls")),
    path("", include("goodword.briefings.urls")),
    path("", include("goodword.leads.urls")),
    path("", include("goodword.followups.urls")),
    path("", include("goodword.encounters.urls")),
    path("", include("goodword.reservations.urls")),
    path("", include("goodword.teaching.urls")),
    path("", include("goodword.gates.urls")),
    path("", include("goodword.desk.urls")),
]

handler404 = "goodword.ui.answers.not_found"
handler500 = "goodword.ui.answers.went_wrong"
