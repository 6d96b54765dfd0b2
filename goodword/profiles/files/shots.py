"""Pictures inside a PDF: unpacked, and packed anew with their points alone."""

from __future__ import annotations

from typing import Any

from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image

from goodword.profiles.files import UnusableFile, bilevel, packing
from goodword.profiles.files.packing import PackedPicture
from goodword.profiles.files.paints import Paints, components
from goodword.profiles.files.taking import join, plain, table

MOST_POINTS = 400_000_000  # of all pictures of a PDF together: forty pages, scanned
_PICTURE = "Type Subtype Width Height ImageMask BitsPerComponent Intent Interpolate Decode Matte Mask"
_SPACES = {"L": Name.DeviceGray, "RGB": Name.DeviceRGB, "CMYK": Name.DeviceCMYK}


class Shots(Paints):
    """Photographs, scans and drawings of points."""

    _points = 0

    def inline(self, found: Any, resources: Any) -> Any:
        """Return a picture from between the operators as one of its own."""
        shot = self._source.make_stream(found.read_raw_bytes(), found.obj)
        spaces, space = resources.get("/ColorSpace", Dictionary()), shot.get("/ColorSpace")
        if isinstance(space, Name) and str(space) in spaces:
            shot.ColorSpace = spaces[str(space)]
        shot.Subtype = Name.Image
        return self.picture(shot)

    def picture(self, shot: Any) -> Any:
        """Return a picture packed anew. Raises UnusableFile for one that cannot be unpacked, or is too much."""
        if not isinstance(shot, Stream):
            return None
        width, height = int(shot.get("/Width", 0)), int(shot.get("/Height", 0))
        self._points += width * height
        if self._points > MOST_POINTS:
            raise UnusableFile("packed")
        new = join(
            table(shot, _PICTURE),
            ColorSpace=None if _stencil(shot) else self.colour(shot.get("/ColorSpace")),
            Mask=self._cover(shot.get("/Mask")),
            SMask=self._cover(shot.get("/SMask")),
        )
        found = packing.pack(self._source, shot)
        take = {
            "/DCTDecode": self._photograph,
            "/JPXDecode": self._waves,
            "/CCITTFaxDecode": self._fax,
            "/JBIG2Decode": self._bilevel,
        }.get(found.filter, self._rows)
        return take(found, shot, new)

    def _cover(self, mask: Any) -> Any:
        """Return what covers parts of a picture: another picture, or a colour that is not shown."""
        return self.once(self.picture, mask) if isinstance(mask, Stream) else plain(mask)

    def _photograph(self, found: PackedPicture, shot: Any, new: Dictionary) -> Stream:
        new.Filter = Name.DCTDecode
        return self.stream(packing.photograph(found), new)

    def _waves(self, found: PackedPicture, shot: Any, new: Dictionary) -> Stream:
        """Pack a JPEG 2000 picture as what every viewer reads; what it says of what shines through becomes a picture."""
        space = new.get("/ColorSpace")
        if isinstance(space, Array) and space[0] == Name.Indexed:
            raise UnusableFile(
                "packing"
            )  # numbers of colours, which nobody packs so, and which no reader here leaves alone
        points = packing.waves(found)
        if points.mode in ("LA", "RGBA"):
            if int(shot.get("/SMaskInData", 0)):
                new.SMask = self._grey(points.getchannel("A"))
            points = points.convert(points.mode.removesuffix("A"))
        new.BitsPerComponent, new.Width, new.Height = 8, points.width, points.height
        if new.get("/ColorSpace") is None or components(shot.ColorSpace) != len(points.getbands()):
            new.ColorSpace = _SPACES[points.mode]
        if points.mode == "L":
            return self.stream(points.tobytes(), new)
        new.Filter = Name.DCTDecode
        return self.stream(packing.as_photograph(points), new)

    def _grey(self, points: Image.Image) -> Stream:
        head = Dictionary(Type=Name.XObject, Subtype=Name.Image, ColorSpace=Name.DeviceGray, BitsPerComponent=8)
        head.Width, head.Height = points.size
        return self.stream(points.tobytes(), head)

    def _fax(self, found: PackedPicture, shot: Any, new: Dictionary) -> Stream:
        new.BitsPerComponent = 1
        return self.stream(packing.fax(found, int(shot.Width), int(shot.Height)), new)

    def _bilevel(self, found: PackedPicture, shot: Any, new: Dictionary) -> Stream:
        shared = found.parameters.get("/JBIG2Globals")
        new.Filter, new.BitsPerComponent = Name.JBIG2Decode, 1
        if isinstance(shared, Stream):
            new.DecodeParms = Dictionary(JBIG2Globals=self.once(self._shared, shared))
        return self.stream(bilevel.without_notes(found.content), new)

    def _shared(self, part: Any) -> Stream:
        return self.stream(bilevel.without_notes(part.read_bytes()))

    def _rows(self, found: PackedPicture, shot: Any, new: Dictionary) -> Stream:
        """Pack rows of points; what lies behind the last of them is none."""
        space = shot.get("/ColorSpace")
        if space is None and not _stencil(shot):
            raise UnusableFile("broken")
        bits = 1 if _stencil(shot) else int(shot.get("/BitsPerComponent", 8)) * components(space)
        row = (int(shot.Width) * bits + 7) // 8
        return self.stream(found.content[: row * int(shot.Height)], new)


def _stencil(shot: Any) -> bool:
    """Whether a picture says where there is colour, and not which."""
    return bool(shot.get("/ImageMask", False))
