"""Pictures, drawn anew in the colours of every screen."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from goodword.profiles.files import JPEG, PNG, Clean, UnusableFile
from goodword.profiles.files.colours import for_every_screen

MOST_PIXELS = 50_000_000  # more is no photograph, but a bomb that is small only while it is packed
WIDEST = 2000  # pixels of the longer edge, as kept
FEW = 256  # colours: a drawing, whose edges a JPEG would blur
KINDS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
_HEIC = (b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"hevc", b"hevx")


def clean_file(raw: bytes) -> Clean:
    """Return a picture that has nothing but its pixels. Raise UnusableFile if it is none, broken, or too much of one."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(io.BytesIO(raw), formats=_kinds(raw)) as found:
                return _redraw(found, raw)
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as bomb:
            raise UnusableFile("pixels") from bomb
        except UnidentifiedImageError as wrong:
            raise UnusableFile("kind") from wrong
        except UnusableFile:
            raise
        except (OSError, SyntaxError, ValueError, EOFError, RuntimeError) as wrong:
            raise UnusableFile("broken") from wrong


def _kinds(raw: bytes) -> tuple[str, ...]:
    """Return what may be looked for; the reader of telephones' pictures is fetched for them alone."""
    if raw[4:8] != b"ftyp" or b"avif" in raw[8:64] or not any(brand in raw[8:64] for brand in _HEIC):
        return KINDS
    import pillow_heif

    pillow_heif.register_heif_opener(thumbnails=False)
    return ("HEIF",)


def _redraw(found: Image.Image, raw: bytes) -> Clean:
    if found.width * found.height > MOST_PIXELS:
        raise UnusableFile("pixels")
    found.draft(None, (WIDEST, WIDEST))  # a JPEG is read at half its size where that is enough
    upright = for_every_screen(ImageOps.exif_transpose(found), raw)
    upright.thumbnail((WIDEST, WIDEST))
    pixels, out = Image.new(upright.mode, upright.size), io.BytesIO()
    pixels.paste(upright)  # onto a new picture: with the pixels goes nothing else
    if pixels.mode == "RGBA" or (found.format in ("PNG", "GIF") and pixels.getcolors(FEW)):
        pixels.save(out, "PNG", optimize=True)
        return Clean(out.getvalue(), PNG)
    pixels.save(out, "JPEG", quality=85, optimize=True)
    return Clean(out.getvalue(), JPEG)
