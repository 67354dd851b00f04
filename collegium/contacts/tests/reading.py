"""Reading the list as a person does."""

import re

from django.test import Client

from collegium.members.models import Member
from collegium.network.tests.reading import read

__all__ = ["names_on", "read"]


def names_on(client: Client, address: str, people: list[Member]) -> list[str]:
    """Which of these people stand on the page and those after it, in the order they are read."""
    found: list[str] = []
    while address:
        text = client.get(address).text
        main = text[text.index('<main id="main"') :]
        keys = re.findall(r'name="who" value="(\d+)"', main)
        names = {str(person.pk): person.name for person in people}
        found += [names[key] for key in keys if key in names]
        start = main.find('<p class="older"><a class="button button-plain" href="')
        address = main[start:].split('href="')[1].split('"')[0].replace("&amp;", "&") if start > 0 else ""
    return found
