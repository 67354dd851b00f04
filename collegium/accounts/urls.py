"""Addresses of getting in and of the account; allauth's own keep their names, which it looks up itself."""

from django.urls import include, path

from collegium.accounts import owners, views

own = [
    path("settings/", views.index, name="settings"),
    path("settings/language/", views.language, name="language"),
    path("accounts/sessions/<int:pk>/ending/", views.session_ending, name="session_ending"),
    path("claim/<str:token>/", views.claim, name="claim"),
    path("settings/community/", owners.settings_of_community, name="community"),
    path("settings/community/invitations/", owners.invitations, name="invitations"),
    path(
        "settings/community/invitations/<int:pk>/withdrawal/",
        owners.invitation_withdrawal,
        name="invitation_withdrawal",
    ),
    path("_mail/", owners.mails, name="mails"),
    path("_mail/<str:name>/", owners.one_mail, name="mail"),
]
urlpatterns = [
    path("", include((own, "accounts"))),
    path("accounts/", include("allauth.urls")),
]
