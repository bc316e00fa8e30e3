"""Documents for people: who gets which, once. The last chapter: it may import all others, and none imports it."""
