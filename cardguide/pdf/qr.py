"""QR codes as drawings of known size, for paper and screen."""

from functools import lru_cache

import segno

BORDER = 4
SMALLEST_MODULE_MM = 0.4


@lru_cache(maxsize=256)  # the versions of a sheet carry the same codes
def render_qr(url: str, *, size_mm: float, title: str) -> str:
    """Return an inline SVG of the given width with its quiet zone; the title is what is read aloud."""
    code = segno.make(url, error="m", micro=False, boost_error=False)
    modules = code.symbol_size(border=BORDER)[0]
    if size_mm / modules < SMALLEST_MODULE_MM:
        raise ValueError(f"a QR code of {modules} modules is not readable at {size_mm} mm: {url}")
    drawing: str = code.svg_inline(
        border=BORDER, scale=1, dark="#000", light="#fff", omitsize=True, title=title
    )
    return drawing.replace("<svg ", f'<svg width="{size_mm}mm" height="{size_mm}mm" role="img" ', 1)
