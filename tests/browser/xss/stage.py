# Run inside a community (`Site.run`): puts every payload wherever members' words reach a page. Prints the addresses.
import json
import sys
from pathlib import Path
from uuid import uuid4

from django.core.exceptions import ValidationError

from collegium.articles import actions
from collegium.articles.models import Article, Sheet
from collegium.articles.publishing import Chosen
from collegium.articles.writing import Texts
from collegium.audience.level import Level
from collegium.feed import actions as feed
from collegium.feed.selecting import Choice
from collegium.lib.text import clean_line, clean_text, markdown
from collegium.members.models import Member

payloads = [each["payload"] for each in json.loads(Path(PAYLOADS).read_text())]  # noqa: F821 - given by the test
# What ends whatever the payload before may have left open.
LEFT_OPEN = (
    "script",
    "style",
    "textarea",
    "title",
    "xmp",
    "noscript",
    "noembed",
    "noframes",
    "template",
    "select",
    "svg",
)
END = "-->" + "".join(f"</{tag}>" for tag in (*LEFT_OPEN, "math", "iframe")) + "<hr>"
ada, bo, cy = (Member.objects.get(user__email=f"{name}@example.org") for name in ("ada", "bo", "cy"))


def cleaned(clean, words, limit):
    """The words as a form takes them; "" where a form would refuse them."""
    try:
        return clean(words, limit)
    except ValidationError:
        return ""


def batches(items, size):
    return [items[at : at + size] for at in range(0, len(items), size)]


def article(author, title, lead, source):
    made = actions.begin(author, uuid4(), Texts(title, lead, source)).article
    values = {"body": "", "choice": Choice(Level.MEMBERS), "facet": "professional", "form_key": uuid4()}
    return actions.publish(made, Chosen(values), by=author)


def pages():
    texts = [words for each in payloads if (words := cleaned(clean_text, each, 5000))]
    lines = [words for each in payloads if (words := cleaned(clean_line, each, 150))]
    benign = article(ada, "Benign", "", "Words.")
    found = {"benign": benign.path, "cleaned": [], "typed": [], "raw": [], "lists": []}
    for batch in batches(payloads, 120):
        made = article(ada, "Cleaned", "", "Words.")
        html = "<hr>".join(markdown.render(each).html for each in batch)
        # Headings of several texts on one page: their ids are numbered per text.
        Article.objects.filter(pk=made.pk).update(html=html)
        found["cleaned"].append(made.path)
    for batch in batches(texts, 80):
        found["typed"].append(article(ada, "Typed", "", "\n\n".join(batch)).path)
    for batch in batches(payloads, 24):
        made = article(ada, "Raw", "", "Words.")
        Article.objects.filter(pk=made.pk).update(
            html=END.join([*batch, ""]).replace("\0", "\N{REPLACEMENT CHARACTER}")
        )
        found["raw"].append(made.path)
    for batch in batches(texts, 14):
        feed.post(bo, "\n\n".join(batch)[:5000], audience=Level.MEMBERS)
    thread = feed.post(ada, "Say something", audience=Level.MEMBERS)
    for number, batch in enumerate(batches(texts, 14)):
        one = Member.objects.create(
            user=user(number), handle=f"one-{number:03}", name=lines[number][:60], headline=lines[-1 - number][:120]
        )
        feed.comment(thread, "\n\n".join(batch)[:2000], by=one)
    for line in lines[:190]:
        Sheet.objects.create(article=Article.objects.create(author=bo, form_key=uuid4()), title=line, lead=line)
    for line in lines[190:300:3]:
        article(cy, line, line, f"Words.\n\n{line}")
    told = article(ada, "Told", "", "Words.")
    for line in lines[:8]:
        sheet = Sheet.objects.get(article=told)
        actions.save(told, sheet.number, Texts(line, line, f"Words.\n\n{line}"), by=ada)
        told = actions.update(told, line, by=ada)
    found["lists"] = [
        "/",
        f"/in/{bo.handle}/posts/",
        f"/in/{cy.handle}/posts/",
        f"/articles/of/{cy.handle}/",
        thread.path,
    ]
    found["lists"] += [f"{told.here}history/", told.path]
    return found


def user(number):
    from collegium.accounts.models import User

    return User.objects.create_user(f"one{number}@example.org")


sys.stdout.write(json.dumps(pages()) + "\n")
