"""Reports as mail servers write them: each in the manner of one that is in use."""

POSTFIX = """\
Return-Path: <>
Delivered-To: bounces+{key}@people.example.org
Date: Mon, 23 Nov 2026 08:15:02 +0000 (UTC)
From: MAILER-DAEMON@mx.people.example.org (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: bounces+{key}@people.example.org
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
    boundary="4Zx1.1763885702/mx.people.example.org"
Message-Id: <20261123081502.{number}@mx.people.example.org>

This is a MIME-encapsulated message.

--4Zx1.1763885702/mx.people.example.org
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.people.example.org.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients. It's attached below.

<{address}>: host mail.example.org[192.0.2.25] said: {code} {status}
    <{address}>: Recipient address rejected: User unknown
    (in reply to RCPT TO command)

--4Zx1.1763885702/mx.people.example.org
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.people.example.org
X-Postfix-Queue-ID: 4Zx1
X-Postfix-Sender: rfc822; bounces+{key}@people.example.org
Arrival-Date: Mon, 23 Nov 2026 08:15:01 +0000 (UTC)

Final-Recipient: rfc822; {address}
Original-Recipient: rfc822;{address}
Action: {action}
Status: {status}
Remote-MTA: dns; mail.example.org
Diagnostic-Code: smtp; {code} {status} <{address}>: Recipient address rejected:
    User unknown

--4Zx1.1763885702/mx.people.example.org
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

Return-Path: <bounces+{key}@people.example.org>
To: {address}
Subject: Bo Okafor wrote to you
Message-ID: <news.1.abcdefabcdef@people.example.org>

--4Zx1.1763885702/mx.people.example.org--
"""

# Exim names no original recipient, gives the general status, and sends the whole mail back.
EXIM = """\
Return-path: <>
Envelope-to: bounces+{key}@people.example.org
From: Mail Delivery System <Mailer-Daemon@relay.example.net>
To: bounces+{key}@people.example.org
Auto-Submitted: auto-replied
X-Failed-Recipients: {address}
Content-Type: multipart/report; report-type=delivery-status; boundary=1763885702-eximdsn-1
MIME-Version: 1.0
Subject: Mail delivery failed: returning message to sender
Message-Id: <E1abc-{number}@relay.example.net>
Date: Mon, 23 Nov 2026 08:15:02 +0000

--1763885702-eximdsn-1
Content-type: text/plain; charset=us-ascii

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  {address}
    host mail.example.org [192.0.2.25]
    SMTP error from remote mail server after RCPT TO:<{address}>:
    550 No such user here

--1763885702-eximdsn-1
Content-type: message/delivery-status

Reporting-MTA: dns; relay.example.net

Action: failed
Final-Recipient: rfc822;{address}
Status: 5.0.0
Remote-MTA: dns; mail.example.org
Diagnostic-Code: smtp; 550 No such user here

--1763885702-eximdsn-1
Content-type: message/rfc822

Return-path: <bounces+{key}@people.example.org>
From: People <people@example.org>
To: {address}
Subject: Bo Okafor wrote to you
Content-Type: text/plain

The gate moved again.

--1763885702-eximdsn-1--
"""

# A mail that was forwarded fails somewhere else, and nothing in the report names the address it was written to.
FORWARDED = """\
From: postmaster@university.example.edu
To: <bounces+{key}@people.example.org>
Subject: Undeliverable: news
MIME-Version: 1.0
Message-ID: <exchange-{number}@university.example.edu>
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/html; charset="us-ascii"

<html><body>The mailbox old.name@university.example.edu does not exist.</body></html>

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns;EXCH7.university.example.edu

Final-Recipient: rfc822;old.name@university.example.edu
Action: failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup

--b1--
"""

OUT_OF_OFFICE = """\
From: Ada Lindqvist <{address}>
To: bounces+{key}@people.example.org
Subject: Out of office: news
Auto-Submitted: auto-replied
Content-Type: text/plain

I am at the dam until Monday.
"""


def written(
    sample: str,
    address: str,
    key: str,
    *,
    number: int = 1,
    status: str = "5.1.1",
    action: str = "failed",
    code: int = 550,
) -> bytes:
    """One report as it would arrive."""
    values = {"address": address, "key": key, "number": number, "status": status, "action": action, "code": code}
    return sample.format(**values).replace("\n", "\r\n").encode()
