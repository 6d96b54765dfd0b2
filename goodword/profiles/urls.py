"""Doors of profiles."""

from django.urls import path

from goodword.profiles import own_views, views

urlpatterns = [
    path("profile", own_views.profile, name="profile"),
    path("profile/stories/<int:number>", own_views.story, name="profile-story"),
    path("profile/proof/<int:number>", own_views.proof, name="profile-proof"),
    path("profile/files", own_views.add_file, name="profile-files"),
    path("profile/files/<str:item>", own_views.own_file, name="profile-file"),
    path("profile/files/<str:item>/removal", own_views.file_away, name="profile-file-away"),
    path("r/<str:key>/profile", views.theirs, name="their-profile"),
    path("r/<str:key>/profile/ours", views.ours, name="our-profile"),
    path("r/<str:key>/profile/words", views.words, name="profile-words"),
    path("r/<str:key>/profile/preview", views.preview, name="profile-preview"),
    path("r/<str:key>/profile/files/<str:item>", views.profile_file, name="shown-file"),
]
