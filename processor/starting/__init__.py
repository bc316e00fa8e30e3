"""What a new office starts from: a French workbook ready to be filled, and the folder around it."""

from processor.starting.book import new_workbook
from processor.starting.folder import new_folder

__all__ = ["new_folder", "new_workbook"]
