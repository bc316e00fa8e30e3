"""What sheets hold: cells, formats, texts, formulas, lists, marks. Imports `package`."""
