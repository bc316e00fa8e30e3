"""A workbook of séances with what only Excel itself puts into one: pivot table, slicer, threads, macros, form controls.

XlsxWriter makes the workbook; the rest is grafted in as Excel writes it (ECMA-376, [MS-XLSX], [MS-OI29500]).
"""

import io
import re
import zipfile
from datetime import datetime
from pathlib import Path

import xlsxwriter
from PIL import Image, ImageDraw

OPEN, DONE, SUM = "Séances ouvertes", "Séances terminées", "Synthèse"
HEADERS = ("Code", "Nom", "Date de début", "Date de fin", "Session", "Places", "Répéter les jours", "Répéter (semaines)", "Contrôle")  # fmt: skip
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MS = "http://schemas.microsoft.com/office"
X14 = f"{MS}/spreadsheetml/2009/9/main"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
XDR = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
THREAD, ANSWER, OTHER = (f"{{{letter * 8}-1111-4222-8333-444444444444}}" for letter in "ABC")
ANNE, LUC = (f"{{{letter * 8}-5555-4666-8777-888888888888}}" for letter in "DE")


def grafted(path: Path, macros: bytes) -> Path:
    """The workbook, in .xlsm form; row 3 is a finished séance, row 4 has no code, row 5 asks for repetitions."""
    parts = _written(path, macros)
    parts["xl/vbaProject.bin"] = macros
    _threads(parts)
    _controls(parts)
    _pivot_and_slicer(parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def _written(path: Path, macros: bytes) -> dict[str, bytes]:
    book = xlsxwriter.Workbook(path)
    book.add_vba_project(io.BytesIO(macros), is_stream=True)
    day = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    for name, first in ((OPEN, 1), (DONE, 90)):
        count = 6 if name == OPEN else 1
        sheet = book.add_worksheet(name)
        columns = [{"header": header} for header in HEADERS]
        sheet.add_table(0, 0, count, 8, {"name": f"T_{first}", "columns": columns})
        sheet.set_column("A:I", 16)
        for n in range(1, count + 1):
            code = "" if (name, n) == (OPEN, 3) else f"S-{first + n - 1:04}"
            month = 11 if name == DONE or n == 2 else 12
            sheet.write_row(n, 0, [code, f"Yoga {n}" if name == OPEN else "Chant"])
            sheet.write_datetime(n, 2, datetime(2026, month, 6 + n, 9), day)
            sheet.write_datetime(n, 3, datetime(2026, month, 6 + n, 10), day)
            sheet.write_row(n, 4, ["P1", 10 + n])
            if (name, n) == (OPEN, 4):
                sheet.write_row(n, 6, ["jeu", 2])
    _around(book)
    people = book.add_worksheet("Inscriptions")
    people.write_row(0, 0, ["Session", "Prénom", "Nom", "Courriel"])
    for row, name in enumerate(("Dupont", "Martin"), 1):
        people.write_row(row, 0, ["P1", "Zoé", name, f"{name.lower()}@example.org"])
    sessions = book.add_worksheet("Sessions")
    sessions.write_row(0, 0, ["Code", "Nom"])
    sessions.write_row(1, 0, ["P1", "Automne"])
    book.close()
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _around(book: xlsxwriter.Workbook) -> None:
    sheet = book.worksheets()[0]
    sheet.conditional_format("F2:F7", {"type": "data_bar", "data_bar_2010": True})
    sheet.add_sparkline("K3", {"range": "F2:F7"})
    sheet.write_comment("B5", "voir la mairie", {"author": "Anne"})
    sheet.write_comment("B4", f"[Threaded comment] tc={THREAD}", {"author": f"tc={THREAD}"})
    sheet.write_comment("B3", f"[Threaded comment] tc={OTHER}", {"author": f"tc={OTHER}"})
    sheet.insert_image("L3", "logo.png", {"image_data": io.BytesIO(_picture())})
    sheet.insert_textbox("L9", "relié", {"textlink": "=$B$4", "height": 40})
    sheet.insert_button("L13", {"caption": "Relancer", "macro": "Relancer"})
    sheet.data_validation("F2:F7", {"validate": "integer", "criteria": "<=", "value": f"='{SUM}'!$A$2*9"})
    other = book.add_worksheet(SUM)
    other.write_formula("A1", f"=SUM('{OPEN}'!F2:F7)", None, 81)
    other.write_formula("A2", f"='{OPEN}'!F4", None, 13)
    other.write_formula("A3", f"='{OPEN}'!F3", None, 12)
    other.write_formula("A4", "=SUM(T_1[Places])", None, 81)
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": f"='{OPEN}'!$F$2:$F$7", "categories": f"='{OPEN}'!$B$2:$B$7"})
    other.insert_chart("E1", chart)
    for row, cells in enumerate([["Nom", "Somme de Places"], *([f"Yoga {n}", 10 + n] for n in range(1, 7)), ["Total général", 81]], 20):  # fmt: skip
        other.write_row(row, 0, cells)
    book.define_name("Places", f"='{OPEN}'!$F$2:$F$7")
    book.define_name("Segment_Nom", "=#N/A")


def _picture() -> bytes:
    image = Image.new("RGB", (60, 40), "steelblue")
    ImageDraw.Draw(image).ellipse((10, 5, 50, 35), fill="gold")
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def _put(parts: dict[str, bytes], name: str, text: str, kind: str | None = None) -> None:
    parts[name] = (DECLARATION + text).encode()
    if kind:
        override = f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'
        _replace(parts, "[Content_Types].xml", "</Types>", override)


def _replace(parts: dict[str, bytes], name: str, old: str, new: str) -> None:
    content = parts[name].decode()
    assert content.count(old) == 1, (name, old, content.count(old))
    parts[name] = content.replace(old, new).encode()


def _relate(parts: dict[str, bytes], name: str, key: str, kind: str, target: str) -> None:
    relation = f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/></Relationships>'
    if name not in parts:
        empty = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
        _put(parts, name, empty)
    _replace(parts, name, "</Relationships>", relation)


def _threads(parts: dict[str, bytes]) -> None:
    space = f"{MS}/spreadsheetml/2018/threadedcomments"
    threads = "".join(
        f'<threadedComment ref="{ref}" dT="2026-11-20T09:00:00.00" personId="{person}" id="{key}"{more}><text>{text}</text></threadedComment>'
        for ref, person, key, more, text in (
            ("B4", ANNE, THREAD, "", "La salle est-elle réservée ?"),
            ("B4", LUC, ANSWER, f' parentId="{THREAD}"', "Oui, depuis hier."),
            ("B3", LUC, OTHER, "", "Bilan à faire"),
        )
    )
    people = "".join(
        f'<person displayName="{name}" id="{key}" userId="{name}" providerId="None"/>'
        for name, key in (("Anne", ANNE), ("Luc", LUC))
    )
    _put(parts, "xl/threadedComments/threadedComment1.xml", f'<ThreadedComments xmlns="{space}">{threads}</ThreadedComments>', "application/vnd.ms-excel.threadedcomments+xml")  # fmt: skip
    _put(parts, "xl/persons/person.xml", f'<personList xmlns="{space}">{people}</personList>', "application/vnd.ms-excel.person+xml")  # fmt: skip
    rels = "xl/worksheets/_rels/sheet1.xml.rels"
    _relate(parts, rels, "rIdT", f"{MS}/2017/10/relationships/threadedComment", "../threadedComments/threadedComment1.xml")  # fmt: skip
    _relate(parts, "xl/_rels/workbook.xml.rels", "rIdP", f"{MS}/2017/10/relationships/person", "persons/person.xml")  # fmt: skip


def _anchor(row: int, prefix: str) -> str:
    def corner(tag: str, column: int, at: int) -> str:
        return (
            f"<{prefix}{tag}><xdr:col>{column}</xdr:col><xdr:colOff>0</xdr:colOff>"
            f"<xdr:row>{at}</xdr:row><xdr:rowOff>0</xdr:rowOff></{prefix}{tag}>"
        )

    return corner("from", 10, row) + corner("to", 11, row + 1)


def _controls(parts: dict[str, bytes]) -> None:
    """A check box linked to K4 and a drop-down of the names, both beside row 4 and 5, and their three forms each."""
    controls = (
        ("CheckBox", "Checkbox", "Case", 1101, 3, 'checked="Checked" fmlaLink="$K$4"', "<x:FmlaLink>$K$4</x:FmlaLink>"),
        ("Drop", "Drop", "Liste", 1102, 4, 'dropStyle="combo" dx="22" fmlaLink="$K$5" fmlaRange="$B$2:$B$7" sel="2" val="0"', "<x:FmlaLink>$K$5</x:FmlaLink><x:FmlaRange>$B$2:$B$7</x:FmlaRange>"),
    )  # fmt: skip
    listed, shapes, drawn = "", "", ""
    for n, (kind, vml, name, shape, row, values, links) in enumerate(controls, 1):
        _put(parts, f"xl/ctrlProps/ctrlProp{n}.xml", f'<formControlPr xmlns="{X14}" objectType="{kind}" {values} noThreeD="1"/>', "application/vnd.ms-excel.controlproperties+xml")  # fmt: skip
        _relate(parts, "xl/worksheets/_rels/sheet1.xml.rels", f"rIdC{n}", f"{OFFICE}/ctrlProp", f"../ctrlProps/ctrlProp{n}.xml")  # fmt: skip
        listed += (
            f'<mc:AlternateContent><mc:Choice Requires="x14"><control shapeId="{shape}" r:id="rIdC{n}" name="{name}">'
            f'<controlPr defaultSize="0" autoFill="0" autoLine="0" autoPict="0"><anchor moveWithCells="1">{_anchor(row, "")}'
            "</anchor></controlPr></control></mc:Choice></mc:AlternateContent>"
        )
        drawn += (
            f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice xmlns:a14="{MS}/drawing/2010/main" Requires="a14">'
            f'<xdr:twoCellAnchor editAs="oneCell">{_anchor(row, "xdr:")}<xdr:sp macro="" textlink=""><xdr:nvSpPr>'
            f'<xdr:cNvPr id="{shape}" name="{name}" hidden="1"><a:extLst><a:ext uri="{{63B3BB69-23CF-44E3-9099-C40C66FF867C}}">'
            f'<a14:compatExt spid="_x0000_s{shape}"/></a:ext></a:extLst></xdr:cNvPr><xdr:cNvSpPr/></xdr:nvSpPr><xdr:spPr>'
            '<a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:sp>'
            "<xdr:clientData/></xdr:twoCellAnchor></mc:Choice><mc:Fallback/></mc:AlternateContent>"
        )
        shapes += (
            f'<v:shape id="{name}" o:spid="_x0000_s{shape}" type="#_x0000_t201" style="position:absolute;z-index:{n}" '
            f'filled="f" stroked="f" o:insetmode="auto"><v:textbox><div>{name}</div></v:textbox><x:ClientData ObjectType="{vml}">'
            f"<x:SizeWithCells/><x:Anchor>10, 0, {row}, 0, 11, 0, {row + 1}, 0</x:Anchor><x:AutoFill>False</x:AutoFill>{links}"
            "</x:ClientData></v:shape>"
        )
    wrapped = (
        f'<mc:AlternateContent xmlns:mc="{MC}" xmlns:x14="{X14}"><mc:Choice Requires="x14"><controls xmlns:xdr="{XDR}">{listed}'
        "</controls></mc:Choice></mc:AlternateContent><tableParts"
    )
    _replace(parts, "xl/worksheets/sheet1.xml", "<tableParts", wrapped)
    _replace(parts, "xl/drawings/drawing1.xml", "</xdr:wsDr>", drawn + "</xdr:wsDr>")
    _replace(parts, "xl/drawings/vmlDrawing1.vml", "</xml>", shapes + "</xml>")


def _pivot_and_slicer(parts: dict[str, bytes]) -> None:
    fields = "".join(
        f'<cacheField name="{header}" numFmtId="0"><sharedItems{_NAMES if header == "Nom" else "/>"}</cacheField>'
        for header in HEADERS
    )
    records = "".join("<r>" + "".join(f'<x v="{n}"/>' if h == "Nom" else f'<n v="{11 + n}"/>' if h == "Places" else "<m/>" for h in HEADERS) + "</r>" for n in range(6))  # fmt: skip
    _put(parts, "xl/pivotCache/pivotCacheDefinition1.xml", f'<pivotCacheDefinition xmlns="{MAIN}" xmlns:r="{OFFICE}" r:id="rId1" refreshedBy="Anne" refreshedDate="46340" createdVersion="6" refreshedVersion="6" minRefreshableVersion="3" recordCount="6"><cacheSource type="worksheet"><worksheetSource ref="A1:I7" sheet="{OPEN}"/></cacheSource><cacheFields count="{len(HEADERS)}">{fields}</cacheFields></pivotCacheDefinition>', "application/vnd.openxmlformats-officedocument.spreadsheetml.pivotCacheDefinition+xml")  # fmt: skip
    _put(parts, "xl/pivotCache/pivotCacheRecords1.xml", f'<pivotCacheRecords xmlns="{MAIN}" count="6">{records}</pivotCacheRecords>', "application/vnd.openxmlformats-officedocument.spreadsheetml.pivotCacheRecords+xml")  # fmt: skip
    _relate(parts, "xl/pivotCache/_rels/pivotCacheDefinition1.xml.rels", "rId1", f"{OFFICE}/pivotCacheRecords", "pivotCacheRecords1.xml")  # fmt: skip
    items = "".join(f'<item x="{n}"/>' for n in range(6)) + '<item t="default"/>'
    rows = "<i><x/></i>" + "".join(f'<i><x v="{n}"/></i>' for n in range(1, 6)) + '<i t="grand"><x/></i>'
    shown = "".join(f'<pivotField axis="axisRow" showAll="0"><items count="7">{items}</items></pivotField>' if h == "Nom" else '<pivotField dataField="1" showAll="0"/>' if h == "Places" else '<pivotField showAll="0"/>' for h in HEADERS)  # fmt: skip
    _put(parts, "xl/pivotTables/pivotTable1.xml", f'<pivotTableDefinition xmlns="{MAIN}" name="Places par nom" cacheId="7" dataCaption="Valeurs" updatedVersion="6" minRefreshableVersion="3" useAutoFormatting="1" itemPrintTitles="1" createdVersion="6" indent="0" outline="1" outlineData="1" multipleFieldFilters="0"><location ref="A21:B28" firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/><pivotFields count="{len(HEADERS)}">{shown}</pivotFields><rowFields count="1"><field x="1"/></rowFields><rowItems count="7">{rows}</rowItems><colItems count="1"><i/></colItems><dataFields count="1"><dataField name="Somme de Places" fld="5" baseField="0" baseItem="0"/></dataFields><pivotTableStyleInfo name="PivotStyleLight16" showRowHeaders="1" showColHeaders="1" showRowStripes="0" showColStripes="0" showLastColumn="1"/></pivotTableDefinition>', "application/vnd.openxmlformats-officedocument.spreadsheetml.pivotTable+xml")  # fmt: skip
    _relate(parts, "xl/pivotTables/_rels/pivotTable1.xml.rels", "rId1", f"{OFFICE}/pivotCacheDefinition", "../pivotCache/pivotCacheDefinition1.xml")  # fmt: skip
    _relate(parts, "xl/_rels/workbook.xml.rels", "rIdV", f"{OFFICE}/pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml")  # fmt: skip
    ticked = "".join(f'<i x="{n}" s="1"/>' for n in range(6))
    _put(parts, "xl/slicerCaches/slicerCache1.xml", f'<slicerCacheDefinition xmlns="{X14}" name="Segment_Nom" sourceName="Nom"><pivotTables><pivotTable tabId="3" name="Places par nom"/></pivotTables><data><tabular pivotCacheId="7"><items count="6">{ticked}</items></tabular></data></slicerCacheDefinition>', "application/vnd.ms-excel.slicerCache+xml")  # fmt: skip
    _put(parts, "xl/slicers/slicer1.xml", f'<slicers xmlns="{X14}"><slicer name="Nom" cache="Segment_Nom" caption="Nom" rowHeight="241300"/></slicers>', "application/vnd.ms-excel.slicer+xml")  # fmt: skip
    rels = "xl/worksheets/_rels/sheet3.xml.rels"
    _relate(parts, rels, "rIdV", f"{OFFICE}/pivotTable", "../pivotTables/pivotTable1.xml")
    _relate(parts, rels, "rIdS", f"{MS}/2007/relationships/slicer", "../slicers/slicer1.xml")
    _relate(parts, "xl/_rels/workbook.xml.rels", "rIdS", f"{MS}/2007/relationships/slicerCache", "slicerCaches/slicerCache1.xml")  # fmt: skip
    caches = '<pivotCaches><pivotCache cacheId="7" r:id="rIdV"/></pivotCaches>'
    listed = f'<extLst><ext uri="{{BBE1A952-AA13-448e-AADC-164F8A28A991}}" xmlns:x14="{X14}"><x14:slicerCaches><x14:slicerCache r:id="rIdS"/></x14:slicerCaches></ext></extLst>'  # fmt: skip
    _replace(parts, "xl/workbook.xml", "</workbook>", f"{caches}{listed}</workbook>")
    shown = f'<extLst><ext uri="{{A8765BA9-456A-4dab-B4F3-ACF838C121DE}}" xmlns:x14="{X14}"><x14:slicerList><x14:slicer r:id="rIdS"/></x14:slicerList></ext></extLst></worksheet>'  # fmt: skip
    _replace(parts, "xl/worksheets/sheet3.xml", "</worksheet>", shown)
    frame = (
        f'<xdr:twoCellAnchor editAs="oneCell">{_anchor(21, "xdr:")}<mc:AlternateContent xmlns:mc="{MC}" xmlns:a14="{MS}/drawing/2010/main">'
        '<mc:Choice Requires="a14"><xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="9" name="Nom"/><xdr:cNvGraphicFramePr/>'
        '</xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic>'
        f'<a:graphicData uri="{MS}/drawing/2010/slicer"><sle:slicer xmlns:sle="{MS}/drawing/2010/slicer" name="Nom"/></a:graphicData>'
        "</a:graphic></xdr:graphicFrame></mc:Choice><mc:Fallback/></mc:AlternateContent><xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>"
    )
    name = next(part for part in parts if re.fullmatch(r"xl/drawings/drawing\d\.xml", part) and b"graphicFrame" in parts[part])  # fmt: skip
    _replace(parts, name, "</xdr:wsDr>", frame)


_NAMES = ' count="6">' + "".join(f'<s v="Yoga {n}"/>' for n in range(1, 7)) + "</sharedItems>"
