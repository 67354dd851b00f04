"""The domain an organisation writes its e-mail from, as far as its website tells."""

from urllib.parse import urlsplit

from collegium.lib.text.hosts import ascii_host

# Pages of many lie there: whoever has an address under such a domain belongs to none of them.
SHARED = frozenset(
    """
    about.me bandcamp.com behance.net blogger.com blogspot.com bsky.app codeberg.org discord.gg dribbble.com
    etsy.com facebook.com fb.com flickr.com github.com github.io gitlab.com gitlab.io gmail.com gmx.de gmx.net
    google.com icloud.com indiegogo.com instagram.com jimdo.com jimdosite.com kickstarter.com linkedin.com
    linktr.ee mastodon.social medium.com meetup.com netlify.app notion.site outlook.com pages.dev patreon.com
    pinterest.com proton.me reddit.com sites.google.com soundcloud.com squarespace.com substack.com t.me telegram.me
    tiktok.com tumblr.com twitter.com vercel.app vimeo.com web.app web.de weebly.com wikipedia.org wixsite.com
    wordpress.com x.com xing.com yahoo.com youtube.com
    """.split()  # noqa: SIM905 - many words read best as words
)


def domain_of(website: str) -> str:
    """The host of a website in ASCII and lower case, without a leading "www."; "" where there is none of its own.

    An address in numbers is no domain, and neither is a place where many have their pages, or a name under it.

    Args:
        website: an address as somebody wrote it.
    """
    try:
        host = urlsplit(website.strip()).hostname or ""
    except ValueError:
        return ""
    named = (ascii_host(host) or "").removeprefix("www.")
    if "." not in named or named.rpartition(".")[2].isdigit():
        return ""
    parts = named.split(".")
    shared = any(".".join(parts[place:]) in SHARED for place in range(len(parts) - 1))
    return "" if shared else named
