"""A link as a picture to scan."""

from markupsafe import Markup


def picture(link: str, label: str = "") -> Markup:
    """Return an inline SVG of the link's QR code: one path, dark on light in either scheme. Read out as `label`, else the link."""
    import qrcode  # here, because it brings a picture library along that few processes ever need

    code = qrcode.QRCode(border=2, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(link)
    code.make(fit=True)
    rows = code.get_matrix()
    dots = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    size = len(rows)
    return Markup(
        '<svg class="qr" viewBox="0 0 {0} {0}" width="264" height="264" role="img" aria-label="{1}" shape-rendering="crispEdges">'
        '<path fill="#fff" d="M0 0h{0}v{0}H0z"/><path fill="#1a2333" d="{2}"/></svg>'
    ).format(size, label or link, dots)
