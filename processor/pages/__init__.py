"""The pages that a person looks at: the lists of séances, one page a séance, and the summary of the night."""

from processor.pages.letter import letter_html
from processor.pages.links import Link
from processor.pages.names import page_name
from processor.pages.plain_report import report_text
from processor.pages.report import Report, Section
from processor.pages.report_page import report_html, report_mail
from processor.pages.site import write_site

__all__ = [
    "Link",
    "Report",
    "Section",
    "letter_html",
    "page_name",
    "report_html",
    "report_mail",
    "report_text",
    "write_site",
]
