"""What a sheet says: rows, cells, values, texts, formats, lists."""
