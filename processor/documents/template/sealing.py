"""Put the signed statement of an attestation into its file: as a QR code to scan, and as a property to read.

The QR is the picture `{{ code_qr }}` of a template. The property (« Mots-clés » in
Word) goes through LibreOffice into the PDF, so that a file can be checked without looking at pictures.
"""

import io
import zipfile
from urllib.parse import quote

CORE = "docProps/core.xml"
_SCALE, _BORDER = 6, 4
_PROPERTIES = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_LONG = 500  # bytes beyond which a code of 3 cm needs the fewest squares rather than the most repair


def qr_png(text: str) -> bytes:
    """The QR code of a text as a black and white PNG with its quiet zone (ISO/IEC 18004: four modules)."""
    import segno
    from PIL import Image

    repair = "m" if len(text.encode()) < _LONG else "l"
    matrix = segno.make_qr(text, error=repair, encoding="utf-8").matrix
    side = len(matrix) + 2 * _BORDER
    image = Image.new("1", (side, side), 1)
    image.putdata(_pixels(matrix))
    made = io.BytesIO()
    image.resize((side * _SCALE, side * _SCALE), Image.Resampling.NEAREST).save(made, "PNG")
    return made.getvalue()


def _pixels(matrix: "tuple[bytearray, ...]") -> list[int]:
    """The squares with the blank border around them, row by row: 0 is black."""
    blank, edge = [255] * _BORDER, [255] * (len(matrix) + 2 * _BORDER)
    rows = [[*blank, *(0 if module & 1 else 255 for module in row), *blank] for row in matrix]
    return [pixel for row in (*[edge] * _BORDER, *rows, *[edge] * _BORDER) for pixel in row]


def properties(package: bytes) -> bytes:
    """The properties of a .docx as they stand; nothing where it has none."""
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return opened.read(CORE) if CORE in opened.namelist() else b""


def described(core: bytes, seal: str) -> bytes:
    """The properties of a file with the statement among them, in « Mots-clés »; the same bytes without a statement.

    It is written as in an address (`%20` for a blank): LibreOffice puts a comma after each word of what it takes for a list.
    """
    from lxml import etree

    if not seal:
        return core
    root = etree.fromstring(core)
    for old in root.findall(f"{{{_PROPERTIES}}}keywords"):
        root.remove(old)
    etree.SubElement(root, f"{{{_PROPERTIES}}}keywords").text = quote(seal, safe="|")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
