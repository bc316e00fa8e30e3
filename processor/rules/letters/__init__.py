"""Documents for people: who gets which, once."""
