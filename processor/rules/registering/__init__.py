"""Who is registered for what, who has a seat and who waits."""
