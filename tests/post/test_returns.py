"""What comes back: a letter that could not be brought is said to whoever sent it, and a complaint stops what can be stopped."""

from __future__ import annotations

import pytest
from django.conf import LazySettings
from django.core import mail
from django.utils import timezone

from goodword.encounters.actions import replies
from goodword.post import outbox
from goodword.post.delivery import deliver_due
from goodword.post.mailbox import Mailbox
from goodword.post.models import OutboxLetter
from goodword.post.wording import ALL
from goodword.relationships import invitations, starting
from goodword.relationships.mailing import came_back
from goodword.relationships.models import Invitation
from tests.cast import Cast

pytestmark = pytest.mark.django_db
GIL = "gil@guest.example"


@pytest.fixture
def letter(cast: Cast) -> OutboxLetter:
    """An invitation that has gone to Gil."""
    seat = starting.start(cast.ada_person, name="Gil Guest")
    invitations.write(seat, words="We talked about gardens.", address=GIL)
    invitations.offer(seat, by_mail=True)
    deliver_due()
    found = OutboxLetter.objects.get(address=GIL)
    assert found.sent_at
    return found


def report(letter: OutboxLetter, status: str = "5.1.1", action: str = "failed", host: str = "testserver") -> bytes:
    """Return what a mail server writes about a letter (RFC 3464, as Postfix does)."""
    return f"""From: MAILER-DAEMON@mail.guest.example
To: post@testserver
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="cut"

--cut
Content-Type: text/plain

I am sorry to have to inform you that your message could not be delivered.

--cut
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.guest.example
Arrival-Date: Fri, 27 Nov 2026 12:00:00 +0000

Final-Recipient: rfc822; {GIL}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 no such user

--cut
Content-Type: text/rfc822-headers

From: post@testserver
To: {GIL}
Message-ID: <{letter.key}@{host}>
Subject: Ada would like an hour with you

--cut--
""".replace("\n", "\r\n").encode()


def complaint(letter: OutboxLetter) -> bytes:
    """Return what a mail provider writes when somebody says that a letter is unwanted (RFC 5965)."""
    return f"""From: feedback@mail.guest.example
To: post@testserver
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="cut"

--cut
Content-Type: text/plain

This is an abuse report.

--cut
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: Some/1.0
Version: 1

--cut
Content-Type: message/rfc822

From: post@testserver
To: {GIL}
Message-ID: <{letter.key}@testserver>
Subject: Ada would like an hour with you

Hello
--cut--
""".replace("\n", "\r\n").encode()


def invitation(letter: OutboxLetter) -> Invitation:
    """Return the invitation it carried."""
    return Invitation.objects.get(relationship_id=letter.relationship_id)


def test_a_letter_that_came_back_is_said_to_its_sender_and_no_other_is_sent_there(letter: OutboxLetter) -> None:
    assert replies.handle(report(letter)) == 1
    assert came_back(invitation(letter))
    assert outbox.is_suppressed(GIL, "invitation")
    assert replies.handle(report(letter)) == 0


def test_a_full_mailbox_stops_nothing_for_later(letter: OutboxLetter) -> None:
    assert replies.handle(report(letter, status="5.2.2")) == 1
    assert came_back(invitation(letter))
    assert not outbox.is_suppressed(GIL, "invitation")


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
def test_word_of_a_letter_that_is_late_or_came_changes_nothing(letter: OutboxLetter, action: str) -> None:
    assert replies.handle(report(letter, action=action, status="4.4.1")) == 0
    assert not came_back(invitation(letter))


def test_a_report_about_no_letter_of_ours_changes_nothing(letter: OutboxLetter) -> None:
    assert replies.handle(report(letter, host="elsewhere.example")) == 0
    letter.key = "A" * 22
    assert replies.handle(report(letter)) == 0
    assert not outbox.is_suppressed(GIL, "invitation")


def test_a_complaint_stops_every_kind_that_can_be_stopped(letter: OutboxLetter) -> None:
    assert replies.handle(complaint(letter)) == 1
    assert outbox.stopped_kinds(GIL) == set(ALL)
    assert not came_back(invitation(letter))


def test_whoever_signs_in_with_a_code_from_that_mailbox_gets_letters_again(letter: OutboxLetter) -> None:
    from goodword.people import signing_in

    replies.handle(report(letter))
    _key, token, _code = signing_in.make_key(GIL)
    assert signing_in.redeem_link(token)
    assert not outbox.is_suppressed(GIL, "update")


def test_with_a_mailbox_letters_are_returned_to_it_and_come_from_where_they_came_from(
    cast: Cast, settings: LazySettings
) -> None:
    settings.MAILBOX = Mailbox("mail.example", 993, True, "u", "p", "INBOX", "answers@testserver")
    outbox.put("sign-in", GIL, values={"code": "123456", "token": "t" * 43}, due_at=timezone.now())
    deliver_due()
    [made] = [one for one in mail.outbox if one.to == [GIL]]
    assert made.from_email == "answers@testserver"
    assert made.message()["From"] == "Goodword <post@testserver>"
