"""Mails: composed once, recorded before anything is sent, handed to the mail server at most once."""
