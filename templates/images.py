"""The pictures of the templates, drawn here, and how one is put into a line."""

import io

from docx.shared import Cm
from PIL import Image, ImageDraw


def picture(paragraph, data, height, description):
    """A picture in the line, with its alternative text."""
    run = paragraph.add_run()
    shape = run.add_picture(io.BytesIO(data), height=Cm(height))
    properties = shape._inline.docPr
    properties.set("descr", description)
    properties.set("name", description.rpartition("}} ")[2])
    for side in ("distT", "distB", "distL", "distR"):
        shape._inline.set(side, "0")


def logo():
    """A neutral mark: an open page under a rising sun, in the colour of the templates."""
    scale, side = 4, 300
    image = Image.new("RGBA", (side * scale, side * scale), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    teal, light, white = (31, 107, 112, 255), (126, 179, 178, 255), (255, 255, 255, 255)

    def box(*numbers):
        return tuple(number * scale for number in numbers)

    draw.rounded_rectangle(box(0, 0, side - 1, side - 1), radius=66 * scale, fill=teal)
    draw.pieslice(box(98, 66, 202, 170), 180, 360, fill=light)
    draw.polygon(box(52, 128, 144, 150, 144, 236, 52, 214), fill=white)
    draw.polygon(box(248, 128, 156, 150, 156, 236, 248, 214), fill=white)
    made = io.BytesIO()
    image.resize((side, side), Image.LANCZOS).save(made, "PNG", optimize=True)
    return made.getvalue()


def square():
    """An empty square, in whose place the QR code is put."""
    made = io.BytesIO()
    Image.new("RGBA", (8, 8), (255, 255, 255, 0)).save(made, "PNG")
    return made.getvalue()


def transparent():
    """An empty picture, in whose place a scanned signature is put."""
    made = io.BytesIO()
    Image.new("RGBA", (500, 200), (255, 255, 255, 0)).save(made, "PNG", optimize=True)
    return made.getvalue()
