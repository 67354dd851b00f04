from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    """Whom one knows where work is offered, and a word from one of them."""

    name = "collegium.referrals"
    label = "referrals"
