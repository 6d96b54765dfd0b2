"""Colours: a picture's, turned into those of every screen; a profile's, without the words it has about itself. Pure."""

from __future__ import annotations

import io
import re
import struct

from PIL import Image, ImageCms

# What makes colours of numbers. The rest of a profile says whose screen it was, by maker, model and number.
_TAGS = frozenset(
    b"rXYZ gXYZ bXYZ rTRC gTRC bTRC kTRC wtpt bkpt chad A2B0 A2B1 A2B2 B2A0 B2A1 B2A2 D2B0 D2B1 D2B2 B2D0 B2D1 B2D2".split()
)
_SPACES = {"L": b"GRAY", "RGB": b"RGB ", "RGBA": b"RGB ", "CMYK": b"CMYK", "LAB": b"Lab "}
# A profile needs a name and a right; the shortest there is, as version 2 and version 4 write them.
_NAME = (b"desc" + bytes(4) + struct.pack(">I", 2) + b"c" + bytes(79), b"text" + bytes(4) + b"c\0")
_NAMES = b"mluc" + bytes(4) + struct.pack(">II", 1, 12) + b"enUS" + struct.pack(">II", 2, 28) + b"\0c"
# Red, green and blue of wide colours by the number ITU-T H.273 has for them, as seen by the white of profiles (D50).
_PRIMARIES = {
    9: ((0.67346, 0.27904, -0.00193), (0.16567, 0.67534, 0.02998), (0.12505, 0.04561, 0.79686)),
    12: ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407)),
}
_WHITE = (0.9642, 1.0, 0.8249)
_BRIGHTER_THAN_SCREENS = (16, 18)  # curves of high dynamic range by the same list, which no profile describes
_NUMBERS = re.compile(rb"colrnclx(?P<film>.{4})|cICP(?P<png>.{2})", re.DOTALL)


def for_every_screen(picture: Image.Image, raw: bytes) -> Image.Image:
    """Return a picture in sRGB, as RGB or RGBA, that looks as it did. `raw` is the file it was read from."""
    profile = picture.info.get("icc_profile") or _by_number(raw)
    pixels = _with_eight_bits(picture)
    if pixels.mode == "P":
        pixels = pixels.convert("RGBA" if "transparency" in pixels.info else "RGB")
    elif pixels.mode in ("LA", "PA", "La", "RGBa") or "transparency" in pixels.info:
        profile = b"" if profile[16:20] == b"GRAY" else profile
        pixels = pixels.convert("RGBA")
    if profile and profile[16:20] == _SPACES.get(pixels.mode):
        pixels = _in_srgb(pixels, profile)
    return pixels.convert("RGBA" if pixels.mode == "RGBA" else "RGB")


def _with_eight_bits(picture: Image.Image) -> Image.Image:
    """Return a picture of sixteen or thirty-two bits to a point with eight, as bright as it was."""
    if not picture.mode.startswith("I"):
        return picture
    clear = picture.info.get("transparency")
    pixels = picture.convert("I").point(lambda bright: bright * (1 / 256)).convert("L")
    pixels.info = {name: value for name, value in picture.info.items() if name != "transparency"}
    if isinstance(clear, int):
        pixels.info["transparency"] = clear >> 8
    return pixels


def _in_srgb(pixels: Image.Image, profile: bytes) -> Image.Image:
    """Return pixels in sRGB; as they are, if the profile is one that no viewer could use either."""
    to = "RGBA" if pixels.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        intent, flags = ImageCms.Intent.RELATIVE_COLORIMETRIC, ImageCms.Flags.BLACKPOINTCOMPENSATION
        screen = ImageCms.createProfile("sRGB")
        done = ImageCms.profileToProfile(pixels, source, screen, intent, outputMode=to, flags=flags)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return pixels
    return done or pixels


def _by_number(raw: bytes) -> bytes:
    """Return the profile of a file that names its colours by number alone; b"" for colours every screen has."""
    found = _NUMBERS.search(raw[:100_000])
    if found is None:
        return b""
    primaries, curve = struct.unpack(">HH", found["film"]) if found["film"] else tuple(found["png"])
    if primaries not in _PRIMARIES or curve in _BRIGHTER_THAN_SCREENS:
        return b""
    tags = {b"wtpt": _point(_WHITE), b"desc": _NAMES, b"cprt": _NAMES}
    curve_of_srgb = (
        b"para" + bytes(4) + struct.pack(">Hxx", 3) + _fixed_point(2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
    )
    for letter, at in zip((b"r", b"g", b"b"), _PRIMARIES[primaries], strict=True):
        tags[letter + b"XYZ"], tags[letter + b"TRC"] = _point(at), curve_of_srgb
    head = bytes(8) + b"\x04" + bytes(3) + b"mntrRGB XYZ " + bytes(12) + b"acsp" + bytes(28) + _fixed_point(*_WHITE)
    return _profile_of(head.ljust(128, b"\0"), tags)


def without_words(profile: bytes) -> bytes:
    """Return a colour profile with what makes colours of numbers alone; b"" if it cannot be read."""
    if profile[36:40] != b"acsp" or len(profile) < 132:
        return b""
    head, (count,) = bytearray(profile[:128]), struct.unpack(">I", profile[128:132])
    for start, end in ((0, 8), (24, 36), (40, 44), (48, 56), (80, 128)):  # maker, day, machine, model, author, digest
        head[start:end] = bytes(end - start)
    tags: dict[bytes, bytes] = {}
    for at in range(132, min(132 + 12 * count, len(profile) - 11), 12):
        name, start, size = struct.unpack(">4sII", profile[at : at + 12])
        if name in _TAGS and start + size <= len(profile):
            tags[name] = profile[start : start + size]
    if not tags:
        return b""
    tags[b"desc"], tags[b"cprt"] = (_NAMES, _NAMES) if head[8] >= 4 else _NAME
    return _profile_of(bytes(head), tags)


def _profile_of(head: bytes, tags: dict[bytes, bytes]) -> bytes:
    """Return a profile of these parts; what is the same for several tags is in it once."""
    at, table, body = 132 + 12 * len(tags), [struct.pack(">I", len(tags))], b""
    places: dict[bytes, int] = {}
    for name, content in tags.items():
        if content not in places:
            places[content] = at + len(body)
            body += content + bytes(-len(content) % 4)
        table.append(struct.pack(">4sII", name, places[content], len(content)))
    whole = head + b"".join(table) + body
    return struct.pack(">I", len(whole)) + whole[4:]


def _fixed_point(*numbers: float) -> bytes:
    return b"".join(struct.pack(">i", round(number * 65536)) for number in numbers)


def _point(xyz: tuple[float, float, float]) -> bytes:
    return b"XYZ " + bytes(4) + _fixed_point(*xyz)
