"""Lists of people as files: who is on the list, what each column says, and the workbook or csv that holds it.

pandas and openpyxl are imported when a file is written, so that importing this room costs nothing.
"""

from processor.exports.assiduity import write_assiduity
from processor.exports.listed import Who, people
from processor.exports.writing import Shape, write_list

__all__ = ["Shape", "Who", "people", "write_assiduity", "write_list"]
