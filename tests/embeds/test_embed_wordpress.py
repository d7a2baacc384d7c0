"""WordPress, restated from its documented behaviour: what it keeps of our answer, and which messages it obeys."""

import json
import re
from urllib.parse import urlsplit

import pytest
from embed_hosts import CONTENT_HEIGHT, SITE, World
from lxml import html

SECRET = "Abc123Def4"  # noqa: S105 - what WordPress calls a secret: ten letters that name a frame
RECEIVER = """<script>
addEventListener("message", ({ data, source }) => {
  if (!data?.secret || !data.message || /[^a-zA-Z0-9]/.test(data.secret)) return;
  for (const frame of document.querySelectorAll(`iframe[data-secret="${data.secret}"]`)) {
    if (source !== frame.contentWindow) continue;
    if (data.message === "height") frame.height = Math.max(200, Math.min(1000, parseInt(data.value, 10)));
    if (data.message !== "link") continue;
    const link = new URL(data.value);
    if (link.protocol.startsWith("http") && link.host === new URL(frame.src).host && document.activeElement === frame)
      top.location.href = data.value;
  }
});
</script>"""
KEPT = {"src", "width", "height", "frameborder", "marginwidth", "marginheight", "scrolling", "title"}


def answer(world: World, path: str) -> dict[str, object]:
    """Return one of our answers, with our address in this test."""
    text = world.embed.files[path].decode("utf-8").replace(SITE, world.embed.address)
    loaded: dict[str, object] = json.loads(text)
    return loaded


def filtered(code: str) -> str:
    """Return what WordPress shows of an answer: a plain frame in a sandbox, with a secret."""
    frame = html.fragment_fromstring(code)
    assert frame.tag == "iframe"
    for name in set(frame.attrib) - KEPT:
        del frame.attrib[name]
    frame.set("sandbox", "allow-scripts")
    frame.set("data-secret", SECRET)
    frame.set("src", f"{frame.get('src')}#?secret={SECRET}")
    return html.tostring(frame, encoding="unicode")


@pytest.fixture(autouse=True)
def _at_home(world: World) -> None:
    """Let the links of our frames lead to our own origin, as they do where we are published."""
    for path, body in world.embed.files.items():
        if path.startswith("embed/") and path.endswith(".html"):
            world.embed.files[path] = body.replace(SITE.encode(), world.embed.address.encode())


@pytest.mark.parametrize("tag", ["ja", "en", "ja-en"])
def test_the_short_table_stands_whole_in_600_px_and_below_1000_px(world: World, tag: str) -> None:
    code = filtered(str(answer(world, f"embed/v1/{tag}/procedures.oembed.json")["html"]))
    page = world.open(f"{code}{RECEIVER}")
    frame = world.frame()
    content = frame.evaluate(f"Math.ceil({CONTENT_HEIGHT})")
    assert 500 < content <= 1000
    page.wait_for_function(f"document.querySelector('iframe').height === '{content}'")
    assert "scrolling" not in code


def test_the_answer_carries_the_height_so_that_nothing_moves(world: World) -> None:
    told = answer(world, "embed/v1/ja/procedures.oembed.json")
    world.open(filtered(str(told["html"])))
    content = world.frame().evaluate(CONTENT_HEIGHT)
    assert isinstance(told["height"], int)
    assert abs(told["height"] - content) <= 40


def test_a_click_on_a_link_is_handed_to_the_page_around(world: World) -> None:
    world.embed.put("ja/procedures/exchange/", "<!doctype html><title>Arrived</title>")
    world.embed.headers["ja/procedures/exchange/"] = {"Content-Type": "text/html"}
    page = world.open(filtered(str(answer(world, "embed/v1/ja/procedures.oembed.json")["html"])) + RECEIVER)
    world.frame().get_by_role("link", name="交換希望による在留カードの再交付申請").click()
    page.wait_for_url("**/ja/procedures/exchange/")
    assert page.title() == "Arrived"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_fixed_theme_has_a_file_of_its_own_since_the_fragment_is_taken(world: World, theme: str) -> None:
    told = answer(world, f"embed/v1/ja/procedures-compact-{theme}.oembed.json")
    world.page.emulate_media(color_scheme="dark" if theme == "light" else "light")
    world.open(filtered(str(told["html"])))
    paper = world.frame().evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == {"light": "rgb(255, 255, 255)", "dark": "rgb(18, 23, 31)"}[theme]


def test_every_answer_is_valid_and_names_a_frame_that_exists(files: dict[str, bytes]) -> None:
    answers = {path: json.loads(body) for path, body in files.items() if path.endswith(".oembed.json")}
    assert len(answers) >= 48
    for path, told in answers.items():
        assert told["version"] == "1.0", path
        assert told["type"] == "rich"
        frame = html.fragment_fromstring(told["html"])
        assert set(frame.attrib) <= KEPT
        assert frame.get("title")
        assert urlsplit(frame.get("src")).path.removeprefix("/") in files
        assert str(told["height"]) == frame.get("height")


def test_the_short_frame_says_where_its_answer_is(files: dict[str, bytes]) -> None:
    for path in [path for path in files if re.search(r"procedures-compact[^.]*\.html$", path)]:
        page = html.document_fromstring(files[path])
        found = page.xpath("//head/link[@type='application/json+oembed']/@href")
        assert [each.removeprefix(SITE) for each in found] == [path.replace(".html", ".oembed.json")]
