"""Every file of the archive that is known, told by the words of its header, never by its name.

Names are localised, numbered or carry a member's number; headers are English in every archive seen. Where two files
have the same header (skills and interests, recommendations received and given), a word of the name decides between
those two and nothing else.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from collegium.portability.linkedin.things import Decision

# Wider than any file known (Ad_Targeting has 34); what lies beyond is not looked at.
MOST_COLUMNS = 200

_NOT_A_WORD = re.compile(r"[\W_]+")


@cache
def token(name: str) -> str:
    """A column's name as it is compared: letters and digits alone, so `Full Name`, `FullName`, `FULL_NAME` are one."""
    return _NOT_A_WORD.sub("", unicodedata.normalize("NFKC", name)).casefold()


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file.

    Attributes:
        key: its name here.
        decision: what becomes of it.
        needs: columns without which it is not this kind; each a set of alternatives.
        known: every column any version of it had.
        others: whether its rows speak of other people.
        hints: words of the file's name that decide between kinds with the same header.
        domain: its name in the Member Snapshot interface.
    """

    key: str
    decision: Decision
    needs: tuple[frozenset[str], ...]
    known: frozenset[str]
    others: bool = False
    hints: tuple[str, ...] = ()
    domain: tuple[str, ...] = ()

    def fits(self, header: frozenset[str]) -> tuple[int, int] | None:
        """How well a header fits, the greater the better; None when it does not. New columns are borne, a few."""
        if not all(need & header for need in self.needs):
            return None
        known = len(self.known & header)
        strange = len(header) - known
        return (known, -strange) if strange <= known // 3 else None


def _kind(
    key: str, decision: Decision, needs: str, columns: str, *, others: bool = False, hints: str = "", domain: str = ""
) -> Kind:
    """A kind from columns as they are written: needs separated by commas, alternatives by strokes."""
    wanted = tuple(frozenset(token(name) for name in need.split("|")) for need in needs.split(","))
    known = frozenset(token(name) for name in columns.split(",")).union(*wanted) - {""}
    return Kind(key, decision, wanted, known, others, tuple(hints.split()), tuple(domain.split()))


_MESSAGES = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER,"
    "ATTACHMENTS,IS MESSAGE DRAFT,IS CONVERSATION DRAFT,IS CONVERSATION ARCHIVED"
)
_WHO_RECOMMENDS = "First Name,Last Name,Company,Job Title,Text,Creation Date,Status"
_RECOMMENDS = "First Name,Last Name,Text,Creation Date"
_TARGETING = (
    "Member Age,Buyer Groups,Company Names,Company Follower of,Company Category,Company Size,Degrees,degreeClass,"
    "Recent Device OS,Member Schools,Company Growth Rate,Fields of Study,Company Connections,Function By Size,"
    "Job Functions,Member Gender,Graduation Year,Member Groups,Company Industries,Member Interests,Interface Locales,"
    "interfaceLocale,Member Traits,High Value Audience Segments,Profile Locations,Company Revenue,Job Seniorities,"
    "Member Skills,Standard Audience Segments,Job Titles,Years of Experience"
)
_PREFERENCES = (
    "Locations,Industries,Company Employee Count,Preferred Job Types,Job Titles,Open To Recruiters,Dream Companies,"
    "Profile Shared With Job Poster,Job Title For Searching Fast Growing Companies,Introduction Statement,"
    "Phone Number,Job Seeker Activity Level,Preferred Start Time Range,Commute Preference Starting Address,"
    "Commute Preference Starting Time,Mode Of Transportation,Maximum Commute Duration,Open Candidate Visibility,"
    "Job Seeking Urgency Level,Semantic Preferences"
)
# Words of file names in the languages an export may be made in.
_GIVEN = "given donn erteilt abgegeben gegeben otorgad dadas enviad fatte gegeven udstedt givna"
_RECEIVED = "received re\u00e7u recu erhalten recibid recebid ricevut ontvangen modtag mottag"

_ALL: tuple[Kind, ...] = (
    # 1 Profile
    _kind(
        "profile",
        "taken",
        "First Name,Last Name,Headline,Summary",
        "Maiden Name,Address,Birth Date,Contact Instructions,Industry,Country,Zip Code,Geo Location,Twitter Handles,"
        "Websites,Instant Messengers,Public Profile URL",
        domain="PROFILE",
    ),
    _kind("summary", "taken", "Profile Summary", "", domain="PROFILE_SUMMARY"),
    _kind(
        "positions",
        "taken",
        "Company Name,Title,Started On",
        "Description,Location,Finished On",
        domain="POSITIONS",
    ),
    _kind(
        "education",
        "taken",
        "School Name,Degree Name|Start Date|End Date",
        "Start Date,End Date,Notes,Degree Name,Activities,Field Of Study,Grade",
        domain="EDUCATION",
    ),
    _kind("skills", "taken", "Name", "", hints="skill", domain="SKILLS"),
    _kind("interests", "taken", "Name", "", hints="interest inter\u00e9s inter\u00eat interess", domain="INTERESTS"),
    _kind("languages", "taken", "Name,Proficiency", "", domain="LANGUAGES"),
    _kind(
        "certificates",
        "taken",
        "Name,Authority",
        "Url,Started On,Finished On,License Number",
        domain="CERTIFICATIONS",
    ),
    _kind("projects", "taken", "Title,Started On,Url", "Description,Finished On", domain="PROJECTS"),
    _kind("publications", "taken", "Name,Publisher", "Published On,Description,Url", domain="PUBLICATIONS"),
    _kind("honours", "taken", "Title,Issued On", "Description,Issuer", domain="HONORS"),
    _kind("courses", "taken", "Name,Number", "", domain="COURSES"),
    _kind(
        "volunteering",
        "taken",
        "Company Name|Organization,Role",
        "Cause,Started On,Finished On,Description",
        domain="VOLUNTEERING_EXPERIENCES",
    ),
    _kind("causes", "taken", "Supported Cause", "", domain="CAUSES_YOU_CARE_ABOUT"),
    _kind(
        "memberships",
        "taken",
        "Name|Organization Name,Position|Position Held",
        "Title,Description,Started On,Finished On,Start Date,End Date,Associated With,Occupation",
        domain="ORGANIZATIONS",
    ),
    _kind(
        "patents",
        "taken",
        "Title,Number|Patent Number|Application Number|Patent Or Application Number",
        "Status,Patent Status,Date,Issued On,Filed On,Filing Date,Issue Date,Description,Url,Office,Patent Office,"
        "Inventors",
        domain="PATENTS",
    ),
    _kind("scores", "taken", "Name,Score", "Tested On,Date,Description", domain="TEST_SCORES"),
    _kind("emails", "taken", "Email Address,Confirmed,Primary", "Updated On", domain="EMAIL_ADDRESSES"),
    _kind("phones", "taken", "Extension,Number,Type", "", domain="PHONE_NUMBERS"),
    _kind("whatsapp", "taken", "Number,Is_WhatsApp_Number", "Extension", domain="WHATSAPP_NUMBERS"),
    _kind("registration", "left out", "Registered At,Registration Ip", "Subscription Types", domain="REGISTRATION"),
    _kind(
        "verifications",
        "left out",
        "Verification type,Verified date",
        "First name,Middle name,Last name,Organization name,Email address,Country,State,City,Year of birth,"
        "Issuing authority,Document type,Verification service provider,Expiry date",
        domain="VERIFICATIONS",
    ),
    _kind(
        "resume_texts",
        "left out",
        "Private Identity Asset Name",
        "Private Identity Asset Raw Text",
        domain="PRIVATE_IDENTITY_ASSET",
    ),
    _kind("rich_media", "left out", "Media Link,Media Description", "Date/Time", domain="RICH_MEDIA"),
    _kind("rich_media", "left out", "Type,Link", ""),
    # 2 Network and trust
    _kind(
        "connections",
        "taken",
        "First Name,Last Name,Connected On",
        "URL,Email Address,Company,Position",
        others=True,
        domain="CONNECTIONS",
    ),
    _kind(
        "invitations",
        "taken",
        "From,To,Sent At,Direction",
        "Message,inviterProfileUrl,inviteeProfileUrl",
        others=True,
        domain="INVITATIONS",
    ),
    _kind(
        "endorsements_received",
        "taken",
        "Skill Name,Endorser First Name,Endorser Last Name",
        "Endorsement Date,Endorser Public Url,Endorsement Status",
        others=True,
    ),
    _kind(
        "endorsements_given",
        "taken",
        "Skill Name,Endorsee First Name,Endorsee Last Name",
        "Endorsement Date,Endorsee Public Url,Endorsement Status",
        others=True,
    ),
    _kind(
        "recommendations_received",
        "taken",
        _RECOMMENDS,
        _WHO_RECOMMENDS,
        others=True,
        hints=_RECEIVED,
    ),
    _kind("recommendations_given", "taken", _RECOMMENDS, _WHO_RECOMMENDS, others=True, hints=_GIVEN),
    _kind("company_follows", "later", "Organization,Followed On", "", domain="COMPANY_FOLLOWS"),
    _kind("member_follows", "later", "Date,Status,FullName", "", others=True, domain="MEMBER_FOLLOWING"),
    _kind("topic_follows", "later", "HashTag", "CreatedTime,LastModifiedTime,State", domain="MEMBER_HASHTAG"),
    _kind(
        "address_book",
        "left out",
        "FirstName,LastName,Emails|PhoneNumbers",
        "MiddleName,Title,Emails,PhoneNumbers,Location,CreatedAt,UpdatedAt,Companies,Sites,InstantMessageHandles,"
        "FullName,NickName,BirthDate,Profiles,Addresses,BookmarkedAt,Notes",
        others=True,
        domain="CONTACTS",
    ),
    _kind("groups", "later", "Group Name", "Group URL", domain="GROUPS"),
    # 3 Content and activity
    _kind(
        "shares",
        "taken",
        "Date,ShareLink,ShareCommentary",
        "SharedUrl,MediaUrl,Visibility",
        domain="MEMBER_SHARE_INFO",
    ),
    _kind("comments", "taken", "Date,Link,Message", "", domain="ALL_COMMENTS"),
    _kind("reactions", "taken", "Date,Type,Link", "", domain="ALL_LIKES"),
    _kind("reposts", "left out", "Date,Link", "", domain="INSTANT_REPOSTS"),
    _kind("votes", "left out", "Date,Link,OptionText", "", domain="ALL_VOTES"),
    _kind("saved_items", "later", "savedItem", "CreatedTime", domain="SAVED_ITEMS"),
    _kind("events", "later", "Event Name,Event Time", "Status,External Url", domain="EVENTS"),
    _kind("messages", "taken", "CONVERSATION ID,FROM,TO,CONTENT", _MESSAGES, others=True, domain="INBOX"),
    _kind(
        "assistant",
        "left out",
        "CONVERSATION ID,FROM,TO,CONTENT",
        _MESSAGES,
        hints="guide coach role_play roleplay",
        domain="GUIDE_MESSAGES LEARNING_COACH_AI_TAKEOUT LEARNING_ROLEPLAY_INBOX",
    ),
    _kind(
        "learning",
        "left out",
        "Content Title,Content Type",
        "Content Description,Content Last Watched Date (if viewed),Content Completed At (if completed),Content Saved,"
        "Notes taken on videos (if taken)",
        domain="LEARNING",
    ),
    _kind(
        "reviews",
        "left out",
        "Reviewee,Rating",
        "Review Type,Review Section,Creation Date,Review Text,Reviewer,Review Tags",
        others=True,
        domain="REVIEWS",
    ),
    _kind("searches", "left out", "Time,Search Query", "", domain="SEARCHES"),
    # 4 Jobs and services
    _kind(
        "job_applications",
        "later",
        "Application Date,Job Title",
        "Contact Email,Contact Phone Number,Company Name,Job Url,Resume Name,Question And Answers,Status,Withdraw Date",
        domain="JOB_APPLICATIONS",
    ),
    _kind("saved_jobs", "later", "Saved Date,Job Title", "Job Url,Company Name", domain="SAVED_JOBS"),
    _kind(
        "job_preferences",
        "later",
        "Job Titles,Open To Recruiters",
        _PREFERENCES,
        domain="JOB_SEEKER_PREFERENCES",
    ),
    _kind("saved_answers", "left out", "Question,Answer", "", domain="JOB_APPLICANT_SAVED_ANSWERS"),
    _kind(
        "job_alerts",
        "left out",
        "QUERY_CONTEXT|Job Search Url",
        "ALERT_PARAMETERS,SAVED_SEARCH_ID,Saved Search Date,JobPosting",
        domain="SAVED_JOB_ALERTS",
    ),
    _kind(
        "services",
        "left out",
        "Creation Time,Marketplace Type",
        "ProFinder Service Category,Secondary Service Category,Service Category,Location,Media,Status,Body,"
        "Available to Work Remotely,Currency Code,Currency Amount,Billing Time Unit,Free Consultation included,"
        "Questions and Answers,Preferred Providers",
        domain="MARKETPLACE_PROVIDERS MARKETPLACE_ENGAGEMENTS MARKETPLACE_OPPORTUNITIES",
    ),
    # 5 Account, ads, money
    _kind("ad_targeting", "left out", "Member Age,Buyer Groups", _TARGETING, domain="AD_TARGETING"),
    _kind("ads_clicked", "left out", "Ad clicked Date", "Ad Title/Id", domain="ADS_CLICKED"),
    _kind("ads_engagement", "left out", "Action,Ad Title/Id", "Date,Page/App", domain="LAN_ADS_ENGAGEMENT"),
    _kind(
        "inferences",
        "left out",
        "Type of inference,Inference",
        "Category,Description",
        domain="INFERENCE_TAKEOUT",
    ),
    _kind("logins", "left out", "Login Date,IP Address", "User Agent,Login Type", domain="LOGINS"),
    _kind(
        "security_challenges",
        "left out",
        "Challenge Date,IP Address",
        "User Agent,Country,Challenge Type",
        domain="SECURITY_CHALLENGE_PIPE",
    ),
    _kind(
        "receipts",
        "left out",
        "Transaction Made At,Invoice Number",
        "First Name,Last Name,Billing Country,Postal Code,Payment Method Type,Description,Tax Amount,Sub Total,"
        "Total Amount,Currency Code",
        domain="RECEIPTS RECEIPTS_LBP",
    ),
    # No table: told by what it begins with (`table`).
    Kind("articles", "taken", (frozenset({"<article>"}),), frozenset(), domain=("ARTICLES",)),
)
KINDS: dict[str, Kind] = {kind.key: kind for kind in reversed(_ALL)}
DOMAINS: dict[str, Kind] = {domain: kind for kind in _ALL for domain in kind.domain}
TAKEN: frozenset[str] = frozenset(kind.key for kind in _ALL if kind.decision == "taken")


def classify(header: Sequence[str], name: str = "") -> tuple[Kind | None, bool]:
    """The kind of file that has this header.

    Args:
        header: the names of the columns; an empty last one, a repeated one do no harm.
        name: of the file; asked only between kinds with the same header.

    Returns:
        The kind, or None; and whether it is None because the name did not tell which of two it is.
    """
    words = frozenset(token(column) for column in header[:MOST_COLUMNS]) - {""}
    fitting = [(score, kind) for kind in _ALL if words and (score := kind.fits(words))]
    if not fitting:
        return None, False
    best = max(score for score, _kind in fitting)
    return _named([kind for score, kind in fitting if score == best], name)


def _named(same: list[Kind], name: str) -> tuple[Kind | None, bool]:
    """Of kinds with the same header the one the file's name speaks of.

    Without a word, skills are meant rather than interests and messages rather than talks with a machine; whose hand
    a recommendation is from is not guessed.
    """
    if len(same) == 1:
        return same[0], False
    plain = unicodedata.normalize("NFC", name).casefold()
    hinted = [kind for kind in same if any(hint in plain for hint in kind.hints)]
    if len(hinted) == 1:
        return hinted[0], False
    if same[0].key.startswith("recommendations"):
        return None, True
    return same[0], False
