"""The ways out for mails: SMTP, a folder of files, a Maildir."""
