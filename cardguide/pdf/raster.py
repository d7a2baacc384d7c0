"""Pictures of PDF pages."""

import io

import pypdfium2
from PIL import Image


def render_preview(
    pdf: bytes, *, page: int, width: int, is_grey: bool = False, colours: int | None = None
) -> bytes:
    """Return a page (counted from 1) as a PNG of the given width in pixels, with so many colours at most."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        side = document[page - 1]
        bitmap = side.render(scale=width / side.get_width(), grayscale=is_grey)
        picture = bitmap.to_pil()
        if colours:
            # Median cut keeps the white of the paper and the colours of large areas as they are.
            picture = picture.convert("RGB").quantize(
                colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE
            )
        result = io.BytesIO()
        picture.save(result, format="PNG", optimize=True)
        return result.getvalue()
    finally:
        document.close()
