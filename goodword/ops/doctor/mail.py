"""Mail that arrives: whether the mail server takes letters, and whether the sending domain says that it may send them."""

from __future__ import annotations

import datetime as dt
import smtplib

from django.conf import settings
from django.core.mail import get_connection

from config import environment
from goodword.ops.doctor.findings import Finding, well, worth_a_look, wrong

PATIENCE = 5.0


def server_answers(now: dt.datetime) -> list[Finding]:
    """Whether the mail server can be reached and lets us in. No letter is sent."""
    if not hasattr(settings, "EMAIL_HOST") or getattr(settings, "EMAIL_FILE_PATH", None):
        return [well("letters are files, see GOODWORD_SMTP_URL")]
    where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    server = get_connection(timeout=PATIENCE)
    try:
        server.open()
        server.close()
    except smtplib.SMTPAuthenticationError:
        return [wrong(f"{where} does not take name and password", "Put them right in GOODWORD_SMTP_URL.")]
    except (OSError, smtplib.SMTPException) as trouble:
        return [wrong(f"{where} does not answer ({type(trouble).__name__})", "Letters wait meanwhile; none is lost.")]
    return [well(f"{where} takes letters")]


def domain_is_known(now: dt.datetime) -> list[Finding]:
    """Whether SPF, DMARC and, where its selector is known, DKIM of the sending domain are in the DNS."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2]
    if domain.endswith((".localhost", ".example")) or domain in ("localhost", "testserver"):
        return [well(f"{domain} is no domain that sends")]
    import dns.exception

    try:
        return _records(domain)
    except dns.exception.DNSException as trouble:
        return [
            worth_a_look(
                f"no resolver answers for {domain} ({type(trouble).__name__})", "Look at SPF, DKIM, DMARC by hand."
            )
        ]


def _records(domain: str) -> list[Finding]:
    selector, found = environment.dkim_selector(), []
    if not _texts(domain, "v=spf1"):
        found.append(
            wrong(
                f"{domain} has no SPF record", 'Add a TXT record such as "v=spf1 mx -all" that names your mail server.'
            )
        )
    if not _texts(f"_dmarc.{domain}", "v=DMARC1"):
        found.append(
            wrong(f"{domain} has no DMARC record", f'Add TXT at _dmarc.{domain}, such as "v=DMARC1; p=quarantine".')
        )
    if not selector:
        found.append(worth_a_look("DKIM was not looked at", "Name its selector with GOODWORD_DKIM_SELECTOR."))
    elif not _texts(f"{selector}._domainkey.{domain}", "p="):
        found.append(
            wrong(f"{selector}._domainkey.{domain} has no key", "Add the TXT record that your mail server gives.")
        )
    return found or [well(f"SPF, DKIM and DMARC of {domain} are there")]


def _texts(name: str, holds: str) -> list[str]:
    import dns.resolver

    try:
        answer = dns.resolver.resolve(name, "TXT", lifetime=PATIENCE)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    texts = [b"".join(record.strings).decode(errors="replace") for record in answer]
    return [text for text in texts if holds in text]
