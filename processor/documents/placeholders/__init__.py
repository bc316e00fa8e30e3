"""What templates may print: one table of placeholders, chapter by chapter."""
