"""Pictures of PDF pages."""

import io

import pypdfium2


def render_preview(pdf: bytes, *, page: int, width: int, is_grey: bool = False) -> bytes:
    """Return a page (counted from 1) as a PNG of the given width in pixels."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        side = document[page - 1]
        bitmap = side.render(scale=width / side.get_width(), grayscale=is_grey)
        picture = bitmap.to_pil()
        result = io.BytesIO()
        picture.save(result, format="PNG", optimize=True)
        return result.getvalue()
    finally:
        document.close()
