"""From sheets to the model: one declarative table of columns, the forms people type, and the rows."""
