"""PDFs of many makers, made here: what a viewer shows of them, and what lies in them beside that."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import typst
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String
from PIL import Image, JpegImagePlugin

from tests.profiles.secrets import picture

CASES = Path(__file__).parent / "cases"
NOTE = "Never tell Ben: 53.3945 N, 2.0619 W"
SEEN = "Price list for clients"


def saved(pdf: Pdf, **how: Any) -> bytes:
    """Return a PDF as a file."""
    out = io.BytesIO()
    pdf.save(out, **how)
    return out.getvalue()


def drawn(content: str | bytes, **parts: Any) -> Pdf:
    """Return a PDF of one page with this content; its parts are resources by kind."""
    pdf = Pdf.new()
    pdf.add_blank_page(page_size=(400, 220))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page = pdf.pages[0].obj
    page.Contents = pdf.make_stream(content if isinstance(content, bytes) else content.encode())
    page.Resources = Dictionary(Font=Dictionary(F=font), **parts)
    return pdf


WORDS = f"BT /F 20 Tf 40 150 Td ({SEEN}) Tj ET\n"
SHOT = "q 120 0 0 60 40 40 cm /Shot Do Q\n"


def shown(shot: Callable[[Pdf], Object]) -> bytes:
    """Return a PDF that shows a picture."""
    pdf = drawn(WORDS + SHOT)
    pdf.pages[0].obj.Resources.XObject = Dictionary(Shot=shot(pdf))
    return saved(pdf)


def shot(pdf: Pdf, content: bytes, packing: str = "", **more: Any) -> Stream:
    """Return a picture of sixty points by twenty."""
    head = Dictionary(Type=Name.XObject, Subtype=Name.Image, Width=60, Height=20, **more)
    if packing:
        head.Filter = Name(f"/{packing}")
    return pdf.make_stream(content, head)


def grey() -> Image.Image:
    """Return sixty points by twenty, from black to white."""
    return Image.linear_gradient("L").resize((60, 20))


def coloured(mode: str = "RGB") -> Image.Image:
    """Return sixty points by twenty of many colours."""
    bands = (grey(), grey().rotate(180), Image.new("L", (60, 20), 90), Image.new("L", (60, 20), 10))
    return Image.merge(mode, bands[: len(mode)])


def jpeg(mode: str = "RGB", **how: Any) -> bytes:
    """Return a JPEG of many colours."""
    out = io.BytesIO()
    (grey() if mode == "L" else coloured(mode)).save(out, "JPEG", quality=90, **how)
    return out.getvalue()


def jpeg_2000() -> bytes:
    """Return a JPEG 2000 with a box that says where it was taken."""
    out = io.BytesIO()
    coloured().save(out, "JPEG2000")
    box = NOTE.encode()
    return out.getvalue() + struct.pack(">I4s", 8 + len(box), b"xml ") + box


def g4(points: Image.Image) -> bytes:
    """Return black and white points as a fax packs them (T.6)."""
    out = io.BytesIO()
    points.save(out, "TIFF", compression="group4")
    with Image.open(out) as found:
        start, size = found.tag_v2[273][0], found.tag_v2[279][0]  # type: ignore[attr-defined]
    return out.getvalue()[start : start + size]


def bars() -> Image.Image:
    """Return sixty points by twenty, black and white."""
    points = Image.new("1", (60, 20), 1)
    points.paste(0, (10, 5, 30, 15))
    return points


def jbig2() -> bytes:
    """Return a JBIG2 stream as a scanner writes it: a page, a comment, a region packed as a fax is."""

    def segment(number: int, kind: int, body: bytes) -> bytes:
        return struct.pack(">IBBBI", number, kind, 0, 1, len(body)) + body

    page = segment(0, 48, struct.pack(">IIIIBH", 60, 20, 0, 0, 0, 0))
    comment = segment(1, 62, struct.pack(">I", 0x20000000) + b"Author\0" + NOTE.encode() + b"\0\0")
    region = struct.pack(">IIIIBB", 60, 20, 0, 0, 0, 1) + g4(bars())
    return page + comment + segment(2, 38, region)


def form(*fields: dict[str, Any], stale: bool = True) -> bytes:
    """Return a form whose entries the viewer draws."""
    pdf = drawn(WORDS)
    boxes = [
        pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Widget, F=4, T=String(f"f{at}"), **field))
        for at, field in enumerate(fields)
    ]
    pdf.pages[0].obj.Annots = Array(boxes)
    helvetica = pdf.pages[0].obj.Resources.Font.F
    pdf.Root.AcroForm = Dictionary(
        Fields=Array(boxes),
        NeedAppearances=stale,
        DA=String("/Helv 0 Tf 0 g"),
        DR=Dictionary(Font=Dictionary(Helv=helvetica)),
    )
    return saved(pdf)


def entry(value: str, **more: Any) -> dict[str, Any]:
    """Return a field of a form with words in it."""
    return {"FT": Name.Tx, "V": String(value), "Rect": Array([40, 60, 340, 90]), **more}


def layered(state: str, **more: Any) -> bytes:
    """Return a price list with our costs in a layer of its own, by mark, by picture and by form."""
    pdf = drawn(WORDS)
    costs = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(NOTE)))
    one = pdf.pages[0].obj
    content = (
        WORDS + "/OC /L BDC BT /F 14 Tf 40 110 Td (Our cost: 40) Tj ET 300 20 40 40 re f EMC\n" + SHOT + "/Form Do"
    )
    one.Contents = pdf.make_stream(content.encode())
    head = Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 400, 220], OC=costs, Resources=one.Resources)
    inner = pdf.make_stream(b"BT /F 14 Tf 200 20 Td (Our margin) Tj ET", head)
    plan = shot(pdf, jpeg("L"), "DCTDecode", ColorSpace=Name.DeviceGray, BitsPerComponent=8, OC=costs)
    one.Resources.XObject = Dictionary(Shot=plan, Form=inner)
    one.Resources.Properties = Dictionary(L=Dictionary(Type=Name.OCMD, OCGs=costs, **more) if more else costs)
    pdf.Root.OCProperties = Dictionary(
        OCGs=Array([costs]), D=Dictionary({f"/{state}": Array([costs]), "/BaseState": Name.ON})
    )
    return saved(pdf)


def written_by_typst() -> bytes:
    """Return a page with a table, a blend and letters of many kinds."""
    source = (
        '#set page(width: 300pt, height: 200pt)\n#set document(author: "Ada Lane")\n= Lane Law\n'
        "#table(columns: 2, [Wills], [ab 100 €], [Größe], [fi]) #rect(width: 50pt, fill: gradient.linear(red, blue))"
    )
    return bytes(typst.compile(source.encode()))


def written_by_pillow(mode: str, **how: Any) -> bytes:
    """Return a picture saved as a PDF."""
    out = io.BytesIO()
    {"1": bars, "L": grey, "P": lambda: coloured().quantize(16), "LA": lambda: grey().convert("LA")}.get(  # type: ignore[no-untyped-call]
        mode, lambda: coloured(mode)
    )().save(out, "PDF", title=NOTE, author=NOTE, **how)
    return out.getvalue()


def shapes() -> bytes:
    """Return a page whose letters are small drawings with pictures between the operators, as old typesetters write."""
    pdf = drawn("BT /T 30 Tf 40 100 Td (aba) Tj ET")
    a = pdf.make_stream(b"1000 0 0 0 750 750 d1 % " + NOTE.encode() + b"\n0 0 750 750 re f")
    bits = b"BI /W 8 /H 8 /IM true /BPC 1 ID \x81\x42\x24\x18\x18\x24\x42\x81 EI"
    b = pdf.make_stream(b"1000 0 0 0 750 750 d1 750 0 0 750 0 0 cm " + bits)
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 750, 750], FontMatrix=[0.001, 0, 0, 0.001, 0, 0]
    )
    font.CharProcs, font.FirstChar, font.LastChar = Dictionary(a=a, b=b), 97, 98
    font.Widths, font.Encoding = [1000, 1000], Dictionary(Type=Name.Encoding, Differences=[97, Name.a, Name.b])
    pdf.pages[0].obj.Resources.Font.T = font
    return saved(pdf)


def paints() -> bytes:
    """Return a page with blends, a pattern, a mask that lets things shine through, and colours by a program."""
    pdf = drawn(
        "/P scn /Pattern cs /P scn 10 10 80 80 re f q 100 10 80 80 re W n /Sh sh Q /G gs 1 0 0 rg 200 10 80 80 re f"
        " /Sep cs 0.5 scn 300 10 80 80 re f " + WORDS
    )
    res, program = pdf.pages[0].obj.Resources, b"{ dup 0.2 mul exch 0.7 mul 0 exch 0 } % " + NOTE.encode()
    blend = Dictionary(FunctionType=2, Domain=[0, 1], C0=[1, 0, 0], C1=[0, 0, 1], N=1)
    tile = Dictionary(
        Type=Name.Pattern, PatternType=1, PaintType=1, TilingType=1, BBox=[0, 0, 10, 10], XStep=10, YStep=10
    )
    tile.Resources = Dictionary()
    res.Pattern = Dictionary(P=pdf.make_stream(b"0 1 0 rg 0 0 5 5 re f % " + NOTE.encode(), tile))
    res.Shading = Dictionary(
        Sh=Dictionary(
            ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=[100, 0, 180, 0], Function=blend, Extend=[True, True]
        )
    )
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
    cover = Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 400, 220], Group=group, Resources=Dictionary())
    mask = Dictionary(S=Name.Luminosity, G=pdf.make_stream(b"0.5 g 0 0 400 220 re f", cover))
    res.ExtGState = Dictionary(G=Dictionary(Type=Name.ExtGState, SMask=mask))
    tint = pdf.make_stream(program, Dictionary(FunctionType=4, Domain=[0, 1], Range=[0, 1] * 4))
    res.ColorSpace = Dictionary(Sep=Array([Name.Separation, Name.Spot, Name.DeviceCMYK, tint]))
    return saved(pdf)


def turned() -> bytes:
    """Return a sheet on its side, cut to a part of it, whose size and fonts its branch says."""
    pdf = drawn(WORDS)
    page = pdf.pages[0].obj
    branch = page.Parent
    branch.MediaBox, branch.Rotate, branch.Resources = page.MediaBox, 90, page.Resources
    page.CropBox = Array([20, 20, 380, 200])
    del page["/MediaBox"], page["/Resources"]
    return saved(pdf)


def inline() -> bytes:
    """Return a photograph between the operators, with a note inside it."""
    content = jpeg(comment=NOTE.encode())
    head = f"q 120 0 0 60 40 40 cm BI /W 60 /H 20 /BPC 8 /CS /RGB /F /DCT /L {len(content)} ID "
    return saved(drawn(head.encode() + content + b"\nEI Q\n" + WORDS.encode()))


def fax(pdf: Pdf) -> Stream:
    """Return a picture as a fax packs it."""
    how = Dictionary(K=-1, Columns=60, Rows=20)
    return shot(
        pdf,
        g4(bars()) + NOTE.encode(),
        "CCITTFaxDecode",
        ColorSpace=Name.DeviceGray,
        BitsPerComponent=1,
        DecodeParms=how,
    )


def device(pdf: Pdf, content: bytes, packing: str, space: Any = Name.DeviceRGB) -> Stream:
    """Return a picture of eight bits to a colour."""
    return shot(pdf, content, packing, ColorSpace=space, BitsPerComponent=8)


LOOK_ALIKE: dict[str, Callable[[], bytes]] = {
    **{path.stem: path.read_bytes for path in sorted(CASES.glob("*.pdf")) if path.stem != "filled-form"},
    "typst": written_by_typst,
    **{
        f"pillow {mode}": lambda mode=mode: written_by_pillow(mode)
        for mode in ("1", "L", "P", "RGB", "CMYK", "LA", "RGBA")
    },
    "rows packed": lambda: shown(
        lambda pdf: device(pdf, zlib.compress(coloured().tobytes() + NOTE.encode()), "FlateDecode")
    ),
    "photograph": lambda: shown(lambda pdf: device(pdf, jpeg(exif=place()), "DCTDecode")),
    "photograph for print": lambda: shown(lambda pdf: device(pdf, jpeg("CMYK"), "DCTDecode", Name.DeviceCMYK)),
    "waves": lambda: shown(lambda pdf: shot(pdf, jpeg_2000(), "JPXDecode")),
    "fax": lambda: shown(fax),
    "scanner": lambda: shown(
        lambda pdf: shot(pdf, jbig2(), "JBIG2Decode", ColorSpace=Name.DeviceGray, BitsPerComponent=1)
    ),
    "inline": inline,
    "shapes": shapes,
    "paints": paints,
    "turned": turned,
    "layer that is on": lambda: layered("ON"),
    "for the web": lambda: saved(Pdf.open(io.BytesIO(layered("OFF"))), linearize=True),
}


def place() -> Image.Exif:
    """Return what a camera says beside its picture."""
    exif = Image.Exif()
    exif[0x010E] = NOTE
    return exif


def two_in_one() -> bytes:
    """Return a JPEG with a second one behind it, as telephones write them, and notes in each place a JPEG has for them."""
    out = io.BytesIO()
    first = coloured()
    first.save(out, "MPO", save_all=True, append_images=[coloured()], exif=place(), quality=90)
    whole, behind = out.getvalue(), picture(comment=NOTE.encode())
    note = b"\xff\xfe" + struct.pack(">H", 2 + len(NOTE)) + NOTE.encode()
    thumbnail = b"\xff\xe0" + struct.pack(">H", 8 + len(behind)) + b"JFXX\0\x10" + behind
    out = io.BytesIO()
    first.save(out, "JPEG", quality=90, progressive=True)
    scans = out.getvalue()
    between = scans.index(b"\xff\xc4", scans.index(b"\xff\xda"))  # tables between two scans
    assert JpegImagePlugin.JpegImageFile(io.BytesIO(whole)).size == (60, 20)
    return scans[:2] + thumbnail + note + scans[2:between] + note + scans[between:-2] + b"\xff\xd9" + whole + behind
