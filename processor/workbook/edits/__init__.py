"""The edits, and how they become a new package."""
