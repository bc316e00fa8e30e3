"""What is asked of a workbook, and the parts that come of it. Imports `package`, `sheet` and `following`."""
