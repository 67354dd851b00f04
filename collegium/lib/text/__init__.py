"""People's words: cleaned on the way in (`clean_line`, `clean_text`), turned to HTML on the way out (`render`)."""

from collegium.lib.text.clean import clean_line, clean_text
from collegium.lib.text.render import Mention, Rendered, excerpt, render
from collegium.lib.text.tokens import mentioned_handles, topics

__all__ = ["Mention", "Rendered", "clean_line", "clean_text", "excerpt", "mentioned_handles", "render", "topics"]
