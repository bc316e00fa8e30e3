"""What follows rows that move: formulas, tables, names, charts, notes, views. Imports `package` and `sheet`."""
