"""What the usual providers ask for and allow, as data: each line with its source and the day it was read.

These limits move without notice. They only spare a first installation a refusal: `par_minute` and `par_jour` in
seances.toml win over them.
"""

from dataclasses import dataclass

from processor.mail.account import Security


@dataclass(frozen=True)
class Provider:
    """A provider of mail. `per_day` is the number of mails accepted from one account in 24 hours, None: not stated."""

    name: str
    host: str
    port: int
    security: Security
    per_minute: float
    per_day: int | None
    per_connection: int
    source: str
    read_on: str


PROVIDERS = {
    provider.name: provider
    for provider in (
        Provider(
            "gmail",
            "smtp.gmail.com",
            587,
            Security.STARTTLS,
            20,
            500,
            100,
            "https://support.google.com/a/answer/166852 (2 000 a day with Workspace, 500 for trial and free accounts)",
            "2026-11-24",
        ),
        Provider(
            "microsoft365",
            "smtp.office365.com",
            587,
            Security.STARTTLS,
            25,
            10_000,
            100,
            "https://learn.microsoft.com/en-us/exchange/troubleshoot/send-emails/smtp-submission-improvements "
            "(30 a minute, 10 000 recipients a day, 3 connections)",
            "2026-11-24",
        ),
        Provider(
            "ovh",
            "ssl0.ovh.net",
            465,
            Security.TLS,
            3,
            None,
            50,
            "https://www.quai-des-entrepreneurs.com/ovh-mail (host and port; no rate stated: 200 an hour is a prudent guess)",
            "2026-11-24",
        ),
        Provider(
            "brevo",
            "smtp-relay.brevo.com",
            587,
            Security.STARTTLS,
            60,
            300,
            100,
            "https://developers.brevo.com/docs/smtp-integration (host and port; 300 a day is the free plan)",
            "2026-11-24",
        ),
    )
}
