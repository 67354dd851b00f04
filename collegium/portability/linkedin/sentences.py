"""What is said of an archive, in the reader's language: labels of its parts, reasons, problems.

The child and its problems know codes alone; this is where each code has its words.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from collegium.portability.linkedin.things import FileReport, Problem

Text = str | Promise

LABELS: dict[str, Text] = {
    "profile": _("Profile"),
    "summary": _("About"),
    "positions": _("Experience"),
    "education": _("Education"),
    "skills": _("Skills"),
    "interests": _("Interests"),
    "languages": _("Languages"),
    "certificates": _("Certificates"),
    "projects": _("Projects"),
    "publications": _("Publications"),
    "honours": _("Honours"),
    "courses": _("Courses"),
    "volunteering": _("Volunteering"),
    "causes": _("Causes"),
    "memberships": _("Memberships"),
    "patents": _("Patents"),
    "scores": _("Test scores"),
    "emails": _("E-mail addresses"),
    "phones": _("Phone numbers"),
    "whatsapp": _("WhatsApp numbers"),
    "registration": _("Registration"),
    "verifications": _("Verifications"),
    "resume_texts": _("Résumé texts"),
    "rich_media": _("Attached media"),
    "connections": _("Connections"),
    "invitations": _("Invitations"),
    "endorsements_received": _("Endorsements received"),
    "endorsements_given": _("Endorsements given"),
    "recommendations_received": _("Recommendations received"),
    "recommendations_given": _("Recommendations given"),
    "company_follows": _("Organisations followed"),
    "member_follows": _("People followed"),
    "topic_follows": _("Topics followed"),
    "address_book": _("Address book"),
    "groups": _("Groups"),
    "shares": _("Posts"),
    "comments": _("Comments"),
    "reactions": _("Reactions"),
    "reposts": _("Reposts"),
    "votes": _("Votes in polls"),
    "saved_items": _("Saved posts"),
    "events": _("Events"),
    "messages": _("Messages"),
    "assistant": _("Talks with an assistant"),
    "articles": _("Articles"),
    "learning": _("Courses watched"),
    "reviews": _("Reviews"),
    "searches": _("Searches"),
    "job_applications": _("Job applications"),
    "saved_jobs": _("Saved jobs"),
    "job_preferences": _("Job preferences"),
    "saved_answers": _("Saved answers"),
    "job_alerts": _("Job alerts"),
    "services": _("Services"),
    "ad_targeting": _("What advertising was chosen by"),
    "ads_clicked": _("Advertisements clicked"),
    "ads_engagement": _("Advertisements seen"),
    "inferences": _("What was guessed about you"),
    "logins": _("Sign-ins"),
    "security_challenges": _("Security checks"),
    "receipts": _("Receipts"),
}
LATER = _("This part was read and is not taken over yet. Keep the archive: it can be brought in again later.")
_ADS = _("This served advertising there. Nothing here needs it.")
_ACCOUNT = _("This belongs to your account there. Nothing here needs it.")
REASONS: dict[str, Text] = {
    "registration": _ACCOUNT,
    "verifications": _("What was verified there cannot be checked here. You can prove your workplace in the settings."),
    "resume_texts": _("This is the text of a file you once uploaded there. What it says belongs into your sections."),
    "rich_media": _("This only has addresses of files that are not in the archive."),
    "address_book": _("These are other people's addresses. They are not brought in."),
    "reposts": _("A repost without words of your own has nothing to show without the post."),
    "votes": _("The polls themselves are not in the archive."),
    "assistant": _("These are talks with a machine of theirs."),
    "learning": _("What you watched there is no course of your profile. Add those that matter yourself."),
    "reviews": _("What people say of one another's services stays where it was said."),
    "searches": _("What you searched for is nobody's business here."),
    "saved_answers": _("These are answers to forms of theirs."),
    "job_alerts": _("These searches only work there."),
    "services": _("This belongs to a marketplace of theirs."),
    "ad_targeting": _ADS,
    "ads_clicked": _ADS,
    "ads_engagement": _ADS,
    "inferences": _ADS,
    "logins": _ACCOUNT,
    "security_challenges": _ACCOUNT,
    "receipts": _ACCOUNT,
}
NOTES: dict[str, Text] = {
    "cp1252": _("It was read as Windows-1252, as Excel saves tables."),
    "utf-16": _("It was read as UTF-16."),
    "utf-16-le": _("It was read as UTF-16."),
    "utf-16-be": _("It was read as UTF-16."),
    "mojibake": _("Some letters look garbled, such as “Ã©” for “é”. They are kept as they stand; please check them."),
    "replaced": _("Some characters could not be read and stand as “�”."),
    "semicolons": _("Its columns are separated by semicolons or tabs."),
}
# Of the archive as a whole.
_WHOLE: dict[str, Text] = {
    "nothing": _("The file is empty. Please choose the ZIP file that LinkedIn gave you."),
    "heavy": _("The file is larger than %(limit)d MB. Please choose the ZIP file that LinkedIn gave you."),
    "not_zip": _("This is no ZIP file, or its end is missing. Please download the archive again."),
    "damaged": _("The list of files in this archive is damaged. Please download it again."),
    "parts": _("This archive continues in another file. Please choose one that is complete in itself."),
    "no_files": _("There is no file in this archive. Please choose the ZIP file that LinkedIn gave you."),
    "entries": _("This archive has more than %(limit)d files. No archive from LinkedIn has so many."),
    "overlap": _("Files lie on top of each other in this archive (at “%(file)s”). It is not opened."),
    "huge": _("Unpacked, this archive would have more than %(limit)d MB. It is not opened."),
    "json": _("This is not what the Member Snapshot interface answers. Please choose the ZIP file instead."),
    "json_large": _("This answer is larger than %(limit)d MB. Please choose the ZIP file instead."),
    "memory": _("This archive needs more memory than there is for it. It is not opened."),
    "slow": _("This archive took longer than %(limit)d seconds to read. It is not opened."),
    "failed": _("This archive could not be read. Nothing was taken from it."),
}
# Of one file.
_FILE: dict[str, Text] = {
    "encrypted": _("“%(file)s” is locked with a password."),
    "method": _("“%(file)s” is packed in a way that is not read here."),
    "broken": _("“%(file)s” is damaged in the archive."),
    "lying": _("“%(file)s” is not as long as the archive says."),
    "large": _("“%(file)s” has more than %(limit)d MB."),
    "ratio": _("“%(file)s” is packed more than %(limit)d times smaller than it is. Nothing with words in it is."),
    "double": _("The archive has a second file named “%(file)s”. The first one was read."),
    "link_entry": _("“%(file)s” is a link to somewhere else."),
    "special": _("“%(file)s” is not an ordinary file."),
    "name": _("“%(file)s” has a name that no file may have."),
    "absolute": _("“%(file)s” has a name that leads to a fixed place on a disk."),
    "outside": _("“%(file)s” has a name that leads out of the archive."),
    "device": _("“%(file)s” has the name of a device."),
    "nested": _("“%(file)s” is an archive inside the archive. It is not opened."),
    "empty": _("“%(file)s” is empty."),
    "binary": _("“%(file)s” is not a table."),
    "page": _("“%(file)s” is a web page, but no article."),
    "page_large": _("“%(file)s” is longer than an article can be."),
    "columns": _("“%(file)s” is not a table known here. It begins: “%(value)s”."),
    "doubtful": _("Neither the columns nor the name of “%(file)s” tell whether these were received or given."),
}
# Of a row; the row is left out, unless the sentence says otherwise.
_ROW: dict[str, Text] = {
    "date": _("“%(value)s” in “%(column)s” is not a date that can be read. The rest of the row is kept."),
    "link": _("“%(value)s” in “%(column)s” is not an address of the web. The rest of the row is kept."),
    "no_profile": _("“%(value)s” in “%(column)s” is not a profile's address. The rest of the row is kept."),
    "choice": _("“%(value)s” in “%(column)s” is not a known level. The rest of the row is kept."),
    "backwards": _("It ends before it begins: %(value)s. It is kept as it stands."),
    "cut": _("“%(column)s” is longer than %(limit)d characters; the part that fits is kept."),
    "dropped": _("“%(column)s” is longer than %(limit)d characters and cannot be cut. The rest of the row is kept."),
    "long": _("“%(column)s” is longer than %(limit)d characters. The row is left out."),
    "missing": _("There is nothing usable in “%(column)s”. The row is left out."),
    "unconfirmed": _("“%(value)s” was never confirmed. The row is left out."),
    "nobody": _("The row names nobody. It is left out."),
    "bare": _("A repost without words has nothing to show. It is left out."),
    "wide": _("The row has more cells than the %(limit)d columns. It is left out."),
    "cell": _("A cell is longer than a million characters. The row is left out."),
    "row": _("The row is longer than four million characters. It is left out."),
    "unclosed": _("A quotation mark opens and never closes. The line is left out."),
    "gave_up": _("Too many quotation marks never close. What follows is left out."),
    "many": _("The archive has more than %(limit)d rows. What follows is left out."),
    "unusable": _("“%(column)s” has characters that cannot be kept. The row is left out."),
}
_SAID = _WHOLE | _FILE | _ROW
CODES = _SAID.keys()
_OTHER = _("It could not be read.")
# A thing's fields by the words of a page.
_FIELDS: dict[str, Text] = {
    "title": _("Title"),
    "organization_name": _("Organisation"),
    "place": _("Place"),
    "detail": _("Detail"),
    "number": _("Number"),
    "url": _("Link"),
    "description": _("Description"),
    "name": _("Name"),
    "headline": _("Headline"),
    "about": _("About"),
    "value": _("Value"),
    "text": _("Text"),
    "skill": _("Skill"),
    "first": _("First name"),
    "last": _("Last name"),
    "company": _("Company"),
    "position": _("Position"),
    "email": _("E-mail address"),
}


def label(kind: str) -> str:
    """What a kind of file is called; "" for an unknown one."""
    return str(LABELS.get(kind, ""))


def say(problem: Problem) -> str:
    """A problem as a sentence that names the file and, where it has one, the row."""
    values = {
        "file": problem.file,
        "column": str(_FIELDS.get(problem.column, problem.column)),
        "value": problem.value,
        "limit": problem.limit,
    }
    sentence = str(_SAID.get(problem.code, _OTHER)) % values
    if not problem.row:
        return sentence
    where = {"file": problem.file, "row": problem.row, "sentence": sentence}
    return str(_("%(file)s, row %(row)d: %(sentence)s")) % where


def why(report: FileReport) -> str:
    """Why nothing of a file is taken; "" for one that is."""
    if report.decision == "later":
        return str(LATER)
    if report.decision == "left out":
        return str(REASONS.get(report.kind, _ACCOUNT))
    if report.decision in ("unknown", "broken"):
        return say(report.problems[0]) if report.problems else str(_OTHER)
    return ""


def notes(report: FileReport) -> list[str]:
    """What is worth knowing of how a file was read."""
    said = [str(NOTES[code]) for code in (report.encoding, *report.notes) if code in NOTES]
    if report.repeated:
        again = ngettext(
            "%(num)d entry stands there more than once, word for word; it is taken once.",
            "%(num)d entries stand there more than once, word for word; each is taken once.",
            report.repeated,
        )
        said.append(again % {"num": report.repeated})
    if report.unused:
        named = ", ".join(f"“{name}”" for name in report.unused)
        said.append(str(_("Nothing on a profile here takes these columns: %(columns)s.")) % {"columns": named})
    return said
