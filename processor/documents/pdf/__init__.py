"""From Word to PDF by LibreOffice."""
