"""Addresses of the packages of this room: rules, trust, what leaves. They stand before those of one opening."""

from django.urls import URLPattern

from collegium.openings.out.urls import urlpatterns as out
from collegium.openings.packs.urls import urlpatterns as packs
from collegium.openings.trust.urls import urlpatterns as trust

urlpatterns: list[URLPattern] = [*packs, *trust, *out]
