"""What was said, drawn by Python: fifty lines stand on a page, and what they share is put together once for all.

The bytes of a line depend on the message and its reader alone, not on what stands around it: so a page that was patched
equals one that is fetched anew.
"""

from functools import lru_cache

from django.utils import formats, timezone
from django.utils.translation import get_language, gettext
from markupsafe import Markup, escape

from collegium.messaging.models import Message
from collegium.messaging.reading.dressing import Said
from collegium.messaging.words import SIGN_WORDS
from collegium.ui import marks

# Stand for what differs from line to line; cleaned text has no control characters.
HERE, NUMBER, PATH = "\x01", "\x02", "\x03"


class Lines:
    """Draws the messages of one conversation for one reader.

    Args:
        path: of the conversation.
        me: key of the reader.
        csrf: the hidden field for forms.
        may_talk: whether she can say something here.
    """

    def __init__(self, path: str, me: int, csrf: str, *, may_talk: bool) -> None:
        self.path, self.me, self.csrf = path, me, csrf
        self.language = get_language() or ""
        self.acts = _acts(self.language, may_talk).replace(PATH, str(escape(path)))
        self.you = _you(self.language)

    def __call__(self, each: Said, files: str = "") -> Markup:
        """One message, or one note.

        Args:
            each: the message as its reader sees it.
            files: what hangs on it, drawn already.
        """
        row = each.message
        at, number = f"{row.sent_at:%Y-%m-%dT%H:%M:%SZ}", row.number
        if row.kind == Message.Kind.NOTE:
            head = f'<li class="msg-note" id="m{number}" data-n="{number}" data-at="{at}">'
            return Markup(f"{head}<p>{escape(each.words)}</p></li>")  # noqa: S704 - escaped
        here = f"{self.path}messages/{number}/"
        classes = f"msg{' msg-mine' if each.mine else ''}{' msg-on' if each.follows else ''}"
        face = "" if each.mine else f'<span class="msg-face">{marks.avatar(row.author, "sm", link=True)}</span>'
        who = self.you if each.mine else marks.name(row.author, link=False)
        clock = _clock(row.sent_at.replace(second=0, microsecond=0), self.language)
        title = f"{row.sent_at:%Y-%m-%d %H:%M} UTC"
        when = f'<clock-time><time datetime="{at}" title="{title}">{clock}</time></clock-time>'
        inside = _gone(self.language, mine=each.mine) if row.is_deleted else self._words(each, here, files)
        return Markup(  # noqa: S704 - every part is escaped or made of numbers
            f'<li class="{classes}" id="m{number}" data-n="{number}" tabindex="-1">{face}<div class="msg-body">'
            f'<p class="msg-by">{who} {when}</p>{inside}</div></li>'
        )

    def _words(self, each: Said, here: str, files: str) -> str:
        said = f'<div class="msg-words" dir="auto">{each.html}</div>' if each.html else ""
        sheet = f'<div class="msg-sheet">{self._quote(each)}{said}{files}{self._marks(each, here)}</div>'
        acts = self.acts.replace(HERE, here).replace(NUMBER, str(each.message.number))
        return f"{sheet}{self._signs(each, here)}{acts}"

    def _quote(self, each: Said) -> str:
        reply = each.reply
        if reply is None:
            return ""
        name = gettext("You") if reply.author_id == self.me else reply.author.name if reply.author else ""
        words = each.reply_words or gettext("A file") if not reply.is_deleted else gettext("Taken back")
        return (
            f'<a class="msg-quote" href="{self.path}?at={reply.number}#m{reply.number}" data-jump="m{reply.number}">'
            f'<b><bdi>{escape(name)}</bdi></b> <span dir="auto">{escape(words)}</span></a>'
        )

    def _marks(self, each: Said, here: str) -> str:
        if not each.edited and not each.starred:
            return ""
        star = marks.icon("star", gettext("Starred")) if each.starred else ""
        opens = f'hx-get="{here}revisions/" hx-target="#dialog-body" aria-haspopup="dialog"'
        edited = f'<a href="{here}revisions/" {opens}>{gettext("edited")}</a>' if each.edited else ""
        return f'<p class="msg-marks">{star}{edited}</p>'

    def _signs(self, each: Said, here: str) -> str:
        if not each.reactions:
            return ""
        buttons = "".join(
            f'<button class="msg-sign" name="{"remove" if mine else "sign"}" value="{sign}"'
            f' aria-pressed="{"true" if mine else "false"}" title="{escape(names)}">'
            f'<span aria-hidden="true">{sign}</span>'
            f'<span class="visually-hidden">{SIGN_WORDS[sign]}:</span> {count}</button>'
            for sign, count, mine, names in each.reactions
        )
        return f'<form class="msg-signs" method="post" action="{here}reactions/" data-verb>{self.csrf}{buttons}</form>'


@lru_cache(maxsize=4_000)
def _clock(minute: object, language: str) -> str:
    """The time of day of the server; the browser writes the reader's own."""
    return formats.time_format(timezone.localtime(minute), "TIME_FORMAT")  # type: ignore[arg-type]


@lru_cache(maxsize=50)
def _you(language: str) -> str:
    return str(Markup('<span class="visually-hidden">{}</span>').format(gettext("You")))


@lru_cache(maxsize=50)
def _gone(language: str, *, mine: bool) -> str:
    words = gettext("You took this message back.") if mine else gettext("This message was taken back.")
    return str(Markup('<p class="msg-gone">{}</p>').format(words))


@lru_cache(maxsize=50)
def _acts(language: str, may_talk: bool) -> str:
    """What can be done with a message: the same for all but for its number."""
    link = Markup('<a href="{}" {} aria-label="{}" title="{}">{}</a>')
    react, reply, more = gettext("React"), gettext("Reply"), gettext("More about this message")
    talking = [
        link.format(HERE, Markup('data-menu="signs"'), react, react, marks.icon("smile-plus")),
        link.format(
            f"{PATH}?reply={NUMBER}#write", Markup('data-reply="{}"').format(NUMBER), reply, reply, marks.icon("reply")
        ),
    ]
    rest = link.format(HERE, Markup('data-menu="all"'), more, more, marks.icon("ellipsis"))
    return f'<p class="msg-acts">{"".join(talking) if may_talk else ""}{rest}</p>'
