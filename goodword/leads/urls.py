"""Doors of the leads."""

from django.urls import path

from goodword.leads.views import contacts, drawers, gathering, introductions, leads, person

urlpatterns = [
    path("leads", leads.leads, name="leads"),
    path("leads/contact", contacts.from_contact, name="lead-from-contact"),
    path("leads/contact/shared", contacts.share_target, name="lead-shared"),
    path("leads/news", gathering.news, name="lead-news"),
    path("person/<str:token>", person.person_page, name="person-named"),
    path("r/<str:key>/leads", leads.relationship_leads, name="relationship-leads"),
    path("r/<str:key>/leads/file", leads.leads_file, name="leads-file"),
    path("r/<str:key>/leads/give", leads.give, name="lead-give"),
    path("r/<str:key>/leads/ideas", leads.note_idea, name="lead-ideas"),
    path("r/<str:key>/leads/ideas/<str:item>/gone", leads.drop_idea, name="lead-idea-gone"),
    path("r/<str:key>/leads/<str:item>", leads.lead, name="lead"),
    path("r/<str:key>/leads/<str:item>/acceptance", leads.accept, name="lead-accept"),
    path("r/<str:key>/leads/<str:item>/back", leads.send_back, name="lead-back"),
    path("r/<str:key>/leads/<str:item>/report", leads.report, name="lead-report"),
    path("r/<str:key>/leads/<str:item>/report/<str:said>/back", leads.report_back, name="lead-report-back"),
    path("r/<str:key>/leads/<str:item>/agreement", leads.agreement, name="lead-agreement"),
    path("r/<str:key>/leads/<str:item>/withdrawal", leads.withdraw, name="lead-withdraw"),
    path("r/<str:key>/leads/<str:item>/introduction", introductions.introduction, name="lead-introduction"),
    path(
        "r/<str:key>/leads/<str:item>/introduction/sending",
        introductions.introduction_send,
        name="lead-introduction-send",
    ),
    path("r/<str:key>/leads/<str:item>/contact", drawers.contact, name="lead-contact"),
    path("r/<str:key>/leads/<str:item>/note", drawers.note, name="lead-note"),
    path("r/<str:key>/leads/<str:item>/note/<str:kept>/gone", drawers.drop_note, name="lead-note-gone"),
    path("r/<str:key>/leads/<str:item>/worth", drawers.money, name="lead-worth"),
    path("r/<str:key>/leads/<str:item>/worth/sharing", drawers.share_money, name="lead-worth-share"),
    path("r/<str:key>/leads/<str:item>/forgetting", person.forget, name="lead-forget"),
    path("r/<str:key>/leads/<str:item>/keeping", person.keep, name="lead-keep"),
]
