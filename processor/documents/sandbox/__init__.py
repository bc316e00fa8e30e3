"""The one place where expressions of staff are evaluated, and what limits them."""
