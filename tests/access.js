// What a reader needs and axe cannot see. Each function returns sentences, each about one fault; none is good.
globalThis.access = (() => {
  const JAPANESE = /[\u3041-\u30fa\u30fc\u4e00-\u9fff]/;
  const LATIN_SENTENCE = /(?:[A-Za-z]+[,.;:'’-]* ){4,}[A-Za-z]{2,}/;
  const GENERIC = /^(here|click here|more|read more|link|this|details|こちら|ここ|詳しくはこちら|クリック|リンク|続き)[.。>›]?$/i;
  const STOPS = "a[href], button, input, select, textarea, summary, [tabindex]";
  // The guide prints the outcome that the reader reached, not the ways that were not taken.
  const CHOSEN = ".guide--live .guide__node:not([data-current]), .guide--live .guide__part > h2, .guide__node:not(:target)";
  const NOT_FOR_PAPER = ".screen-only, nav, button, form, .actions, .contents, .visually-hidden, [hidden], script, style, template, svg, " + CHOSEN;

  const short = (text) => text.replace(/\s+/g, " ").trim().slice(0, 60);
  const seen = (element) => element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true, opacityProperty: true });
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const stops = () => all(STOPS).filter((each) => seen(each) && !each.disabled && each.tabIndex >= 0);

  const texts = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) if (walker.currentNode.data.trim()) found.push(walker.currentNode);
    return found;
  };

  const languageOf = (element) => element.closest("[lang]")?.lang.split("-")[0] ?? "";

  const wrongLanguage = (text, element) => {
    const language = languageOf(element);
    if (element.closest("code, pre, script, style, textarea")) return false;
    if (JAPANESE.test(text)) return language !== "ja";
    return LATIN_SENTENCE.test(text) && language !== "en";
  };

  const languages = () => [
    ...(document.documentElement.lang ? [] : ["the page names no language"]),
    ...texts(document.body).filter((each) => wrongLanguage(each.data, each.parentElement)).map((each) => `language: ${short(each.data)}`),
    ...["aria-label", "alt", "title", "placeholder"].flatMap((name) =>
      all(`[${name}]`).filter((each) => wrongLanguage(each.getAttribute(name), each)).map((each) => `language of ${name}: ${each.getAttribute(name)}`),
    ),
  ];

  const channels = (colour) => (colour.match(/[\d.]+/g) ?? [0, 0, 0, 0]).map(Number);
  const luminance = (colour) =>
    channels(colour).slice(0, 3).map((each) => each / 255).map((each) => (each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4))
      .reduce((sum, each, at) => sum + each * [0.2126, 0.7152, 0.0722][at], 0);
  const contrast = (one, other) => {
    const [light, dark] = [luminance(one), luminance(other)].sort((first, second) => second - first);
    return (light + 0.05) / (dark + 0.05);
  };
  const groundOf = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const colour = getComputedStyle(each).backgroundColor;
      if ((channels(colour)[3] ?? 1) > 0) return colour;
    }
    return "rgb(255, 255, 255)";
  };

  const ringSeen = (element) => {
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
    if (outlineStyle === "none" || parseFloat(outlineWidth) < 2 || channels(outlineColor)[3] === 0) return false;
    return contrast(outlineColor, groundOf(element.parentElement ?? element)) >= 3;
  };

  const covered = (element) => {
    const box = [...element.getClientRects()].find((each) => each.width > 0 && each.height > 0);
    if (!box) return true;
    const top = document.elementFromPoint(box.left + Math.min(box.width / 2, 20), box.top + box.height / 2);
    return !top || !(element.contains(top) || top.contains(element) || top.closest("label")?.control === element);
  };

  const focus = () => {
    const faults = [];
    for (const each of stops()) {
      each.focus({ focusVisible: true });
      if (document.activeElement !== each) faults.push(`takes no focus: ${short(each.textContent)}`);
      else if (!ringSeen(each)) faults.push(`focus not visible: ${short(each.textContent)}`);
      else if (covered(each)) faults.push(`focus covered: ${short(each.textContent)}`);
    }
    document.activeElement.blur();
    scrollTo(0, 0);
    return faults;
  };

  const order = () => {
    const faults = all("[tabindex]").filter((each) => each.tabIndex > 0).map((each) => `tab order is forced: ${short(each.textContent)}`);
    let last = -Infinity;
    for (const each of stops()) {
      const box = each.getClientRects()[0];
      if (!box || each.matches(".skip")) continue;
      const top = box.top + scrollY;
      if (top < last - 120) faults.push(`comes before what the eye meets first: ${short(each.textContent)}`);
      last = top;
    }
    return faults;
  };

  // What is operated by the mouse alone has no name in the order of the keys.
  const mouseOnly = () =>
    all("[onclick], [role=button], [role=link]").filter((each) => !each.matches(STOPS)).map((each) => `only a mouse reaches: ${short(each.textContent)}`);

  const wide = () => {
    const page = document.documentElement;
    const edge = page.clientWidth + 1;
    const out = texts(document.body).filter((each) => {
      if (!seen(each.parentElement) || each.parentElement.closest(".visually-hidden, .skip, svg")) return false;
      const range = document.createRange();
      range.selectNodeContents(each);
      return [...range.getClientRects()].some((box) => box.width > 1 && (box.right > edge || box.left < -1));
    });
    return [
      ...(page.scrollWidth > page.clientWidth ? ["the page scrolls sideways"] : []),
      ...out.map((each) => `leaves the screen: ${short(each.data)}`),
    ];
  };

  const cut = () =>
    all("body *").filter((each) => {
      if (!seen(each) || getComputedStyle(each).clipPath !== "none" || each.closest("svg, thead") || each.matches("input, select, textarea")) return false;
      const { overflowX, overflowY } = getComputedStyle(each);
      const hides = (value) => value === "hidden" || value === "clip";
      return (hides(overflowY) && each.scrollHeight > each.clientHeight + 2) || (hides(overflowX) && each.scrollWidth > each.clientWidth + 2);
    }).map((each) => `text is cut off: ${short(each.textContent)}`);

  const small = () =>
    texts(document.body).filter((each) => seen(each.parentElement) && !each.parentElement.closest("svg, .visually-hidden, .sign, rt"))
      .filter((each) => parseFloat(getComputedStyle(each.parentElement).fontSize) < 14).map((each) => `letters too small: ${short(each.data)}`);

  const drawn = () =>
    all("svg text").filter((each) => seen(each)).filter((each) => {
      const scale = each.getScreenCTM()?.a ?? 1;
      return parseFloat(getComputedStyle(each).fontSize) * scale < 11;
    }).map((each) => `letters in a drawing too small: ${short(each.textContent)}`);

  const nameOf = (link) => {
    const label = document.getElementById(link.getAttribute("aria-labelledby"));
    return (label?.textContent || link.getAttribute("aria-label") || link.textContent).replace(/\s+/g, " ").trim();
  };
  const links = () => {
    const named = all("main a[href]").filter(seen).map((each) => [nameOf(each), each.href, each.closest("[lang]")?.lang ?? ""]);
    // A page of all languages has each name once a language.
    const targets = Map.groupBy(named, ([name, , lang]) => `${name} (${lang})`);
    return [
      ...named.filter(([name]) => GENERIC.test(name)).map(([name]) => `says nothing: ${name}`),
      ...[...targets].filter(([, pairs]) => new Set(pairs.map(([, href]) => href.split("#")[0])).size > 1).map(([name]) => `one name, several targets: ${name}`),
      ...all("a[target]").map((each) => `opens a window unasked: ${short(each.textContent)}`),
      ...all("main a[href]").filter((each) => seen(each) && getComputedStyle(each).display === "inline" && !each.matches(".button") && !underlined(each)).map((each) => `a link that only colour shows: ${short(each.textContent)}`),
    ];
  };
  const underlined = (element) =>
    [element, ...element.querySelectorAll("*")].some((each) => getComputedStyle(each).textDecorationLine.includes("underline") || parseFloat(getComputedStyle(each).borderTopWidth) > 0);

  // What is said without the readings above it.
  const wordsOf = (element) => {
    const copy = element.cloneNode(true);
    copy.querySelectorAll("rt").forEach((each) => each.remove());
    return copy.textContent;
  };

  const titles = () => {
    const title = document.querySelector("h1");
    const heading = title && wordsOf(title).trim();
    return [
      ...(heading && heading.split(" / ").every((each) => document.title.includes(each)) ? [] : ["the title does not say what the page is"]),
      ...(document.querySelectorAll("h1").length === 1 ? [] : ["not one first heading"]),
      ...(document.querySelector("main h1") ? [] : ["the first heading is outside the content"]),
    ];
  };

  // A mark without words is a mark for those who see it.
  const marks = () =>
    all(".statement--reported")
      .map((each) => [each, each.parentElement.querySelector(":scope > .state")])
      .filter(([each, state]) => seen(each) && !(state?.textContent.trim() && seen(state)))
      .map(([each]) => each)
      .map((each) => `a state that only its look shows: ${short(each.textContent)}`);

  const REFERENCES = ["aria-labelledby", "aria-describedby", "aria-controls", "headers", "for", "popovertarget", "list"];
  const references = () =>
    REFERENCES.flatMap((name) =>
      all(`[${name}]`).flatMap((each) => each.getAttribute(name).split(/\s+/).filter((id) => id && !document.getElementById(id)).map((id) => `${name} points to nothing: ${id}`)),
    );

  const ROLES = "alert button combobox dialog group heading img link list listbox listitem menu navigation note option presentation none region search status table tab tablist tabpanel".split(" ");
  const roles = () => all("[role]").filter((each) => !ROLES.includes(each.getAttribute("role"))).map((each) => `no such role: ${each.getAttribute("role")}`);

  const pairs = () => {
    const groups = all("dl").flatMap((each) => (each.querySelector(":scope > div") ? all(":scope > div", each) : [each]));
    return groups.filter((each) => !each.querySelector("dt") || !each.querySelector("dd")).map((each) => `an answer without its question: ${short(each.textContent)}`);
  };

  const motion = () =>
    document.getAnimations().filter((each) => each.playState === "running").map(() => "something moves for who asked for stillness");

  const bars = () => {
    const bar = all("body *").filter((each) => ["fixed", "sticky"].includes(getComputedStyle(each).position) && seen(each));
    return bar.filter((each) => each.getBoundingClientRect().height > innerHeight / 4).map((each) => `a bar hides a quarter of the screen: ${short(each.textContent)}`);
  };

  // In a row each piece of text between other elements becomes a part of its own: a sentence falls to pieces.
  const torn = () =>
    all("body *").filter((each) => seen(each) && /flex|grid/.test(getComputedStyle(each).display)).filter((each) => {
      const words = [...each.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
      return words.length > 1 || (words.length === 1 && each.querySelector(":scope > :is(ruby, a, time, data, strong, em, b)"));
    }).map((each) => `a sentence in pieces: ${short(each.textContent)}`);

  const copying = () =>
    texts(document.querySelector("main") ?? document.body).filter((each) => getComputedStyle(each.parentElement).userSelect === "none" && !each.parentElement.closest("rt")).slice(0, 1).map((each) => `cannot be copied: ${short(each.data)}`);

  const spaced = () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }");
    document.adoptedStyleSheets = [sheet];
    const faults = [...wide(), ...cut()].map((each) => `with wider text, ${each}`);
    document.adoptedStyleSheets = [];
    return faults;
  };

  const paper = () => [
    ...texts(document.querySelector("main") ?? document.body).filter((each) => !each.parentElement.closest(NOT_FOR_PAPER) && !seen(each.parentElement)).map((each) => `not on paper: ${short(each.data)}`),
    ...texts(document.querySelector("main") ?? document.body).filter((each) => seen(each.parentElement) && luminance(getComputedStyle(each.parentElement).color) > 0.5 && !each.parentElement.closest("svg, .sign")).map((each) => `too pale for paper: ${short(each.data)}`),
  ];

  return {
    // Closed parts are opened for the screen and closed again for the paper, which must open them itself.
    screen: () => {
      const closed = all("details:not([open])");
      for (const each of closed) each.open = true;
      const faults = [languages, focus, order, mouseOnly, wide, cut, small, drawn, links, titles, marks, references, roles, pairs, motion, bars, torn, copying, spaced].flatMap((check) => check());
      for (const each of closed) each.open = false;
      return faults;
    },
    paper,
  };
})();
