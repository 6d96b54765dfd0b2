"""Which room an address belongs to."""

from django.urls import include, path

# Addresses are tried in this order: the rooms that are opened most stand first.
urlpatterns = [
    path("", include("goodword.desk.urls")),
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
    path("", include("goodword.profiles.urls")),
    path("", include("goodword.gates.urls")),
    path("", include("goodword.alone.urls")),
    path("", include("goodword.account.urls")),
]

handler404 = "goodword.ui.answers.not_found"
handler500 = "goodword.ui.answers.server_fault"
