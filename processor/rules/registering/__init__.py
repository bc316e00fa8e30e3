"""Who is registered for what, who has a seat and who waits. It imports `calendar`, and no later chapter."""
