"""French for what click says of itself: usage, wrong options, missing arguments."""

import gettext
import os

from processor.model.catalogue import DOMAIN, LOCALE


def speak_french() -> None:
    """Makes click's own words French, whatever the language of the machine: those who use this speak French.

    Click reads its words by gettext's default domain (click's documentation, « Internationalization »).
    """
    os.environ["LANGUAGE"] = "fr"
    gettext.bindtextdomain(DOMAIN, str(LOCALE))
    gettext.textdomain(DOMAIN)
