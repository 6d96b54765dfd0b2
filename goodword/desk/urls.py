"""Doors of the desk."""

from django.urls import path

from goodword.desk import installed, table, views

urlpatterns = [
    path("", views.welcome, name="welcome"),
    path("how-it-works", views.how_it_works, name="how-it-works"),
    path("who-sees-what", views.who_sees_what, name="who-sees-what"),
    path("offline", installed.offline, name="offline"),
    path("service-worker.js", installed.service_worker, name="service-worker"),
    path("app.webmanifest", installed.manifest, name="manifest"),
    path("today", views.today, name="today"),
    path("today/seen", views.mark_news_seen, name="news-seen"),
    path("relationships", views.relationships, name="relationships"),
    path("more", views.everything_else, name="more"),
    path("r/<str:key>", views.relationship, name="relationship"),
    path("r/<str:key>/encounters/<str:item>/came-of-it", views.came_of_it_page, name="came-of-it"),
    path("r/<str:key>/story", views.story, name="story"),
    path("r/<str:key>/what-they-see", views.what_they_see, name="what-they-see"),
    path("r/<str:key>/what-they-see/<slug:room>", views.what_they_see_in, name="what-they-see-in"),
    path("r/<str:key>/encounters/<str:item>/prepare", views.prepare, name="encounter-prepare"),
    path("r/<str:key>/show-them", table.show_them, name="show-them"),
    path("table", table.table, name="at-the-table"),
    path("table/leave", table.leave_table, name="leave-the-table"),
]
