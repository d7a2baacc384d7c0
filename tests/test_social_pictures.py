"""The picture of a page where its address is shared: there for every page, small, whole, and the same every time."""

import io
from pathlib import Path

import pytest
from built import document, page_files
from PIL import Image, ImageChops
from projects import HOME

from cardguide.outputs.socialpictures import MARGIN, SIZE, SocialBrush, create_social_picture
from cardguide.views.counters import SignView

SITE = "https://card-guide.example/"
LARGEST = 24 * 1024
SIGN = SignView(counter="m", letter="M", number="3", label="")
COLOURS = (("--ink", "#111111"), ("--paper", "#ffffff"), ("--municipal", "#008800"), ("--bureau", "#0000aa"))
FONTS = HOME / "flyers" / "fonts"


@pytest.fixture(scope="module")
def brush() -> SocialBrush:
    return SocialBrush(
        regular=(FONTS / "BIZUDPGothic-Regular.ttf").read_bytes(),
        strong=(FONTS / "BIZUDPGothic-Bold.ttf").read_bytes(),
        colours=COLOURS,
    )


def drawn(brush: SocialBrush, title: str, sign: SignView | None = None) -> bytes:
    # Past the cache: the same words must give the same bytes when they are drawn again.
    return create_social_picture(brush, site_name="Guide", title=title, note="Note", sign=sign)


def test_every_page_that_may_be_found_names_its_own_picture(dist: Path) -> None:
    tags = sorted(folder.name for folder in (dist / "social").iterdir())
    named = [
        (path, document(path).xpath("//meta[@property='og:image']/@content"))
        for tag in tags
        for path in page_files(dist, tag)
        if not document(path).xpath("//meta[@name='robots']")
    ]
    assert [path for path, pictures in named if len(pictures) != 1] == []
    pictures = [dist / each[0].removeprefix(SITE) for _, each in named]
    assert len(set(pictures)) == len(pictures) > 20
    for picture in pictures:
        assert Image.open(io.BytesIO(picture.read_bytes())).size == SIZE
        assert picture.stat().st_size <= LARGEST


@pytest.mark.parametrize("sign", [SIGN, None], ids=["sign", "no sign"])
@pytest.mark.parametrize(
    "title",
    [
        "Notification of the Place of Residence After a Change in the Status of Residence and Other Related Matters",
        "在留資格変更等に伴う住居地の届出と住居地以外の在留カード記載事項の変更届出",
        "Fees",
    ],
)
def test_a_title_of_any_length_stays_inside_the_margins(
    brush: SocialBrush, title: str, sign: SignView | None
) -> None:
    with_title = Image.open(io.BytesIO(drawn(brush, title, sign))).convert("RGB")
    without = Image.open(io.BytesIO(drawn(brush, " ", sign))).convert("RGB")
    difference = (
        ImageChops.difference(with_title, without).convert("L").point(lambda value: 255 * (value > 64))
    )
    left, top, right, bottom = difference.getbbox()
    assert left >= MARGIN - 2
    assert right <= SIZE[0] - MARGIN + 2
    assert top >= MARGIN + 56
    assert bottom <= SIZE[1] - 104


def test_the_same_words_give_the_same_bytes_and_others_give_others(brush: SocialBrush) -> None:
    assert drawn(brush, "Fees", SIGN) == drawn(brush, "Fees", SIGN)
    assert drawn(brush, "Fees", SIGN) != drawn(brush, "Fees")
    assert drawn(brush, "Fees") != drawn(brush, "手数料")
