"""A post that waited gets a new key when it is let in, so that it is dated, and stands in line, from that moment.

Keys are the order of walls and of home, and how far somebody has read is a key: under its first one it would appear
among what everybody has read already, and nobody would ever see it.
"""

from collections.abc import Iterator
from functools import cache

from django.db import connection, models

from collegium.feed.models import Post

KEY = "UPDATE feed_post SET id = new_id() WHERE id = %s RETURNING id"


@cache
def _columns() -> tuple[tuple[str, str], ...]:
    """Every column that holds the key of a post: table and name."""
    return tuple(dict.fromkeys(_pointing(Post)))


def _pointing(model: type[models.Model]) -> Iterator[tuple[str, str]]:
    for each in model._meta.get_fields(include_hidden=True):
        if not isinstance(each, models.ForeignObjectRel) or not each.field.concrete:
            continue
        table: type[models.Model] = each.related_model
        yield table._meta.db_table, str(each.field.column)
        if each.field.primary_key:
            # Its own key is the post's, and so is what points at it.
            yield from _pointing(table)


def anew(post: Post) -> Post:
    """Give a locked post its new key, with everything that hangs on it; foreign keys are judged at commit."""
    old = post.pk
    with connection.cursor() as cursor:
        cursor.execute(KEY, [old])
        (new,) = cursor.fetchone()
        for table, column in _columns():
            names = connection.ops.quote_name(table), connection.ops.quote_name(column)
            text = "UPDATE {0} SET {1} = %s WHERE {1} = %s".format(*names)  # noqa: S608 - names of our own columns
            cursor.execute(text, [new, old])
    return Post.objects.select_related("author", "group").get(pk=new)
