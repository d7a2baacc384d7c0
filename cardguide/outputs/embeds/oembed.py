"""What WordPress and others ask for when the address of a page is pasted: static oEmbed answers."""

import json
from collections.abc import Mapping

from markupsafe import Markup

from cardguide.artifacts import Artifact, text_artifact

WIDTH = 600
HEIGHT_UNMEASURED = 680
CACHE_SECONDS = 600


def create_oembed(
    path: str, *, title: str, address: str, heights: Mapping[str, int], provider: tuple[str, str]
) -> Artifact:
    """Return an answer with a plain frame of the measured height: a quotation beside it would be hidden and shift."""
    height = heights.get(str(WIDTH), HEIGHT_UNMEASURED)
    frame = Markup(
        '<iframe src="{}" title="{}" width="{}" height="{}" frameborder="0" marginwidth="0" marginheight="0"></iframe>'
    ).format(address, title, WIDTH, height)
    answer = {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": provider[0],
        "provider_url": provider[1],
        "cache_age": CACHE_SECONDS,
        "width": WIDTH,
        "height": height,
        "html": str(frame),
    }
    return text_artifact(path, json.dumps(answer, ensure_ascii=False, indent=1) + "\n")
