"""Doors of the leads."""

from django.urls import path

from goodword.leads import contact_views, drawer_views, introduction_views, news_views, person_views, views

urlpatterns = [
    path("leads", views.leads, name="leads"),
    path("leads/contact", contact_views.from_contact, name="lead-from-contact"),
    path("leads/contact/shared", contact_views.shared, name="lead-shared"),
    path("leads/news", news_views.news, name="lead-news"),
    path("person/<str:token>", person_views.person_page, name="person-named"),
    path("r/<str:key>/leads", views.relationship_leads, name="relationship-leads"),
    path("r/<str:key>/leads/file", views.leads_file, name="leads-file"),
    path("r/<str:key>/leads/give", views.give, name="lead-give"),
    path("r/<str:key>/leads/ideas", views.note_idea, name="lead-ideas"),
    path("r/<str:key>/leads/ideas/<str:item>/gone", views.drop_idea, name="lead-idea-gone"),
    path("r/<str:key>/leads/<str:item>", views.lead, name="lead"),
    path("r/<str:key>/leads/<str:item>/acceptance", views.accept, name="lead-accept"),
    path("r/<str:key>/leads/<str:item>/back", views.send_back, name="lead-back"),
    path("r/<str:key>/leads/<str:item>/report", views.report, name="lead-report"),
    path("r/<str:key>/leads/<str:item>/report/<str:said>/back", views.report_back, name="lead-report-back"),
    path("r/<str:key>/leads/<str:item>/agreement", views.agreement, name="lead-agreement"),
    path("r/<str:key>/leads/<str:item>/withdrawal", views.withdraw, name="lead-withdraw"),
    path("r/<str:key>/leads/<str:item>/introduction", introduction_views.introduction, name="lead-introduction"),
    path(
        "r/<str:key>/leads/<str:item>/introduction/sending",
        introduction_views.introduction_send,
        name="lead-introduction-send",
    ),
    path("r/<str:key>/leads/<str:item>/contact", drawer_views.contact, name="lead-contact"),
    path("r/<str:key>/leads/<str:item>/note", drawer_views.note, name="lead-note"),
    path("r/<str:key>/leads/<str:item>/note/<str:kept>/gone", drawer_views.drop_note, name="lead-note-gone"),
    path("r/<str:key>/leads/<str:item>/worth", drawer_views.money, name="lead-worth"),
    path("r/<str:key>/leads/<str:item>/worth/sharing", drawer_views.share_money, name="lead-worth-share"),
    path("r/<str:key>/leads/<str:item>/forgetting", person_views.forget, name="lead-forget"),
    path("r/<str:key>/leads/<str:item>/keeping", person_views.keep, name="lead-keep"),
]
