"""What is wrong with a template, before any document is made of it."""
