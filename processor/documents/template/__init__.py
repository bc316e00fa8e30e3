"""A Word file that is filled: opened, compiled once, rendered for as many people as there are."""
