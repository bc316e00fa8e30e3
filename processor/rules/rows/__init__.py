"""What a row shows of itself and what is wrong with it."""
