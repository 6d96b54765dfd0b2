"""Doors of profiles."""

from django.urls import path

from goodword.profiles.views import copies, own

urlpatterns = [
    path("profile", own.profile, name="profile"),
    path("profile/stories/<int:number>", own.story, name="profile-story"),
    path("profile/proof/<int:number>", own.proof, name="profile-proof"),
    path("profile/files", own.add_file, name="profile-files"),
    path("profile/files/<str:item>", own.own_file, name="profile-file"),
    path("profile/files/<str:item>/removal", own.file_away, name="profile-file-away"),
    path("r/<str:key>/profile", copies.theirs, name="their-profile"),
    path("r/<str:key>/profile/ours", copies.ours, name="our-profile"),
    path("r/<str:key>/profile/words", copies.words, name="profile-words"),
    path("r/<str:key>/profile/preview", copies.preview, name="profile-preview"),
    path("r/<str:key>/profile/files/<str:item>", copies.profile_file, name="shown-file"),
]
