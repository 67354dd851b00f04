"""Addresses: what hangs on an opening, and one's own referrals."""

from django.urls import path

from collegium.referrals.views import answering, asking, lists, people

app_name = "referrals"

urlpatterns = [
    path("jobs/<int:pk>/people/", people.people, name="people"),
    path("jobs/<int:pk>/referral/", asking.ask, name="ask"),
    path("referrals/", lists.received, name="received"),
    path("referrals/asked/", lists.asked, name="asked"),
    path("referrals/<int:pk>/", lists.one, name="one"),
    path("referrals/<int:pk>/words/", answering.give, name="give"),
    path("referrals/<int:pk>/decline/", answering.decline, name="decline"),
    path("referrals/<int:pk>/reopening/", answering.reopen, name="reopen"),
    path("referrals/<int:pk>/taking-back/", answering.take_back, name="take_back"),
    path("referrals/<int:pk>/putting-back/", answering.put_back, name="put_back"),
    path("referrals/<int:pk>/withdrawal/", asking.withdraw, name="withdraw"),
    path("referrals/<int:pk>/asking-again/", asking.ask_again, name="ask_again"),
]
