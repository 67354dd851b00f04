"""What cheats ask for in the text of an opening: money, bank data, papers, a talk elsewhere, the use of an account."""

import re

# Each is what is looked for first, and the sentence that counts. Employers write about money, banks and messengers all
# the time; what they do not do in an opening is to ask an applicant for them.
_PAID = r"(?:fees?|deposits?|charges?|payments?|cost)"
MONEY = (
    ("fee", "deposit", "starter kit", "upfront", "up front", "send money", "buy ", "invest", "purchase", "kaution"),
    re.compile(
        rf"\b(?:registration|application|processing|training|administration|admin|visa|onboarding|background[- ]check|"
        rf"certificate|placement|enrol?ment|activation|laptop)\s+{_PAID}\b(?!\s+(?:is|are)\s+(?:paid|covered|refunded\s+by\s+us)\b)"
        rf"|\b(?:pay|transfer|send|deposit)\s+(?:us\s+)?(?:a|an|the|your)\s+(?:[\w-]+\s+){{0,3}}{_PAID}"
        rf"|\b(?:refundable|security|small|one-time)\s+(?:deposit|fee)\b"
        r"|\b(?:buy|purchase|order|pay\s+for)\s+(?:your\s+own\s+|the\s+|a\s+|your\s+)(?:[\w-]+\s+){0,2}(?:starter\s+kit|equipment|laptop|training\s+material|software\s+licen[cs]e)\b"
        r"|\bsend\s+(?:us\s+)?money\b|\bup-?\s?front\s+(?:payment|investment|fee)\b|\b(?:initial|small)\s+investment\b"
        r"|\b(?:kaution|vorkasse|bearbeitungsgebühr)\b",
        re.IGNORECASE,
    ),
)
BANK = (
    ("bank", "iban", "card number", "credit card", "debit card", "pin", "routing number", "account number"),
    re.compile(
        r"\b(?:send|give|provide|share|submit|enter|tell|confirm|reply\s+with|need|require|include|state|with)\b[^.]{0,60}"
        r"\b(?:bank(?:ing)?\s+(?:account\s+)?(?:details?|data|number|information|statements?|login|password)|iban|"
        r"(?:credit|debit)\s+card|card\s+number|routing\s+number|account\s+number|online\s+banking)\b",
        re.IGNORECASE,
    ),
)
GIFT_CARDS = (
    ("gift card", "giftcard", "gift-card", "voucher code", "prepaid card", "itunes card", "steam card"),
    re.compile(
        r"\b(?:buy|purchase|send|pay(?:\s+\w+)?|scratch|paid|photo\w*\s+of|codes?\s+(?:of|from))\b[^.]{0,60}"
        r"\b(?:gift[- ]?cards?|voucher\s+codes?|prepaid\s+cards?|itunes\s+cards?|steam\s+cards?)\b",
        re.IGNORECASE,
    ),
)
_MESSENGER = (
    r"(?:whats\s?app|telegram|signal|we\s?chat|viber|google\s+(?:chat|hangouts?)|hangouts|skype|snapchat"
    r"|(?:facebook\s+)?messenger)"
)
ELSEWHERE = (
    (
        "whatsapp",
        "whats app",
        "telegram",
        "signal",
        "wechat",
        "we chat",
        "viber",
        "hangout",
        "google chat",
        "skype",
        "snapchat",
        "messenger",
        "t.me/",
        "wa.me/",
    ),
    re.compile(
        r"\b(?:contact|text|message|write(?:\s+to)?|reach|add|chat\s+with|reply\s+to|call|dm)\s+"
        rf"(?:us|me|our|the|hr|him|her|mr|mrs|ms|dr)\b[^.]{{0,60}}\b(?:on|via|through|over|by|at|using)\s+{_MESSENGER}\b"
        r"|\b(?:interviews?|apply|applications?|cvs?|resumes?|hiring|conversation)\b[^.]{0,60}"
        rf"\b(?:on|via|through|over|by|using)\s+(?:text\s+on\s+)?{_MESSENGER}\b"
        rf"|\b{_MESSENGER}\s*(?:number|only|id\b|:|@|\+\d)|\b(?:t\.me|wa\.me)/\w",
        re.IGNORECASE,
    ),
)
PAPERS = (
    ("passport", "identity card", "id card", "driver", "driving licen", "social security", "ssn", "national insurance"),
    re.compile(
        r"\b(?:send|upload|provide|submit|attach|email|mail|share|enclose|include|reply\s+with)\b[^.]{0,80}"
        r"\b(?:(?:copy|copies|photos?|scans?|pictures?|images?|selfie|front\s+and\s+back)\b[^.]{0,40})?"
        r"(?:passport|identity\s+card|id\s+card|driver[’']?s?[’']?\s+licen[cs]e|driving\s+licen[cs]e|"
        r"social\s+security\s+(?:number|card)|\bssn\b|national\s+insurance\s+number)",
        re.IGNORECASE,
    ),
)
MULE = (
    (
        "forward",
        "reship",
        "re-ship",
        "repackage",
        "account",
        "bitcoin",
        "crypto",
        "usdt",
        "cheque",
        "check",
        "parcels",
        "packages",
    ),
    re.compile(
        r"\b(?:receive|accept|process|collect)\b[^.]{0,60}\b(?:payments?|transfers?|funds|money)\b[^.]{0,60}"
        r"\b(?:your\s+(?:own\s+|personal\s+|bank\s+)*account|paypal|bitcoin|crypto\w*|usdt)\b"
        r"|\b(?:forward|reship|re-ship|repackage)\b[^.]{0,60}\b(?:parcels|packages|payments?|money|funds)\b[^.]{0,80}\b(?:home|address|commission|keep)\b"
        r"|\b(?:receive|reship|re-ship|repackage)\b[^.]{0,40}\b(?:parcels|packages)\b[^.]{0,40}\b(?:at|from)\s+(?:your\s+)?home\b"
        r"|\b(?:deposit|cash)\s+(?:the|our|a)\s+(?:cheque|check)s?\b"
        r"|\b(?:paid|salary|earn\w*|pay|deposit|invest)\b[^.]{0,40}\b(?:bitcoin|usdt|crypto(?:currency)?)\b",
        re.IGNORECASE,
    ),
)
PROMISES = (
    (
        "guaranteed",
        "unlimited",
        "passive income",
        "easy money",
        "financial freedom",
        "a day",
        "per day",
        "every day",
        "each day",
        "a week",
        "per week",
        "every week",
        "daily",
        "weekly",
    ),
    re.compile(
        r"\b(?:guaranteed|unlimited|passive)\s+(?:[\w-]+\s+){0,2}(?:income|earnings?|profits?)\b|\beasy\s+money\b"
        r"|\bfinancial\s+freedom\b"
        r"|\b(?:earn|make)\b[^.]{0,30}[$€£]?\s?\d[\d,.]*\s?[$€£k]?\s*(?:usd|eur|dollars|euros|pounds)?\s*"
        r"(?:a|per|every|each)\s+(?:day|week)\b|\b(?:earn|make)\b[^.]{0,40}\b(?:daily|weekly)\b[^.]{0,40}\bhome\b"
        r"|\b(?:one|two|three|[1-3](?:-[1-3])?)\s+hours?\s+(?:a|per)\s+day\b[^.]{0,60}\b(?:earn|make|paid|income)\b",
        re.IGNORECASE,
    ),
)
SHORTENERS = frozenset(
    """
    adf.ly bit.ly bl.ink buff.ly cutt.ly goo.gl is.gd lnkd.in ow.ly qr.ae rb.gy rebrand.ly s.id shorturl.at
    short.io shorte.st soo.gd t.co t.ly tiny.cc tinyurl.com tr.im u.to v.gd vurl.com x.co
    """.split()  # noqa: SIM905 - many words read best as words
)
