"""Parts of addresses: what cannot be a handle is an address that does not exist, and never reaches the database."""

from django.urls import register_converter
from django.urls.converters import StringConverter

from collegium.lib.handles import MOST


class HandleConverter(StringConverter):
    """`<handle:handle>`: letters, digits and hyphens of a handle, at most as long as one."""

    regex = rf"[a-z0-9][a-z0-9-]{{0,{MOST - 1}}}"


register_converter(HandleConverter, "handle")
