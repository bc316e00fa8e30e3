"""The journal: the truth about what was decided, issued and sent. Recorded before anything is done."""
