// Furigana in what scripts write; the words of the page have theirs already. And the switch, whose state is kept only once the
// reader has used it.

// The words of an element without their readings.
function plainWordsOf(element) {
  const copy = element.cloneNode(true);
  for (const reading of copy.querySelectorAll("rt")) reading.remove();
  return copy.textContent;
}

(() => {
  const address = document.documentElement.dataset.readings;
  if (!address) return;
  const STORE = "card-guide.furigana";
  const PLAIN = "ruby, script, style, code, textarea, option, .visually-hidden, [lang]:not([lang|=ja])";
  const KANJI = /[\u4e00-\u9fff\u3005\u3006]/;
  const NUMBER = /[0-9\uff10-\uff19\u4f55\u6570]/;

  const stored = (act) => {
    try {
      return act(localStorage);
    } catch {
      return null; // a reader may have switched storage off
    }
  };
  const box = document.querySelector("#furigana");
  box.checked = stored((store) => store.getItem(STORE)) !== "off";
  box.addEventListener("change", () => stored((store) => store.setItem(STORE, box.checked ? "on" : "off")));

  const ruby = ([base, reading]) => {
    if (!reading) return document.createTextNode(base);
    const element = document.createElement("ruby");
    element.append(base, Object.assign(document.createElement("rt"), { textContent: reading }));
    return element;
  };

  // Where the parts of an element are laid out one by one, a text stays one part.
  const asOnePart = (parent, nodes) => {
    if (!/flex|grid/.test(getComputedStyle(parent).display)) return nodes;
    const whole = document.createElement("span");
    whole.append(...nodes);
    return [whole];
  };

  // As cardguide/furigana.py does it: the longest word, but a counter behind a number is read as a counter.
  const create = ({ words, counters }) => {
    const byFirst = Map.groupBy(Object.keys(words).sort((one, other) => other.length - one.length), (word) => word[0]);
    const wordAt = (text, at) => {
      const candidates = byFirst.get(text[at]) ?? [];
      if (at && NUMBER.test(text[at - 1])) {
        const isLonger = candidates.some((word) => word.length > 1 && text.startsWith(word, at));
        if (text[at] in counters && !isLonger) return [text[at], [[text[at], counters[text[at]]]]];
        if (/[0-9]/.test(text[at])) return undefined;
      }
      const word = candidates.find((each) => text.startsWith(each, at));
      return word && [word, words[word]];
    };
    return (text) => {
      const parts = [];
      let start = 0;
      for (let at = 0; at < text.length; ) {
        const found = wordAt(text, at);
        if (!found) {
          at += 1;
          continue;
        }
        parts.push([text.slice(start, at)], ...found[1]);
        start = at += found[0].length;
      }
      return [...parts, [text.slice(start)]].filter(([base]) => base);
    };
  };

  const textsIn = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return [node];
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    return texts;
  };

  const begin = (split) => {
    const mark = (text) => {
      if (!KANJI.test(text.data) || !text.parentElement || text.parentElement.closest(PLAIN)) return;
      const parts = split(text.data);
      // A text in which nothing is read stays as it is: a new one would be looked at again, for ever.
      if (parts.some(([, reading]) => reading)) text.replaceWith(...asOnePart(text.parentElement, parts.map(ruby)));
    };
    const observer = new MutationObserver((changes) => {
      for (const change of changes) for (const node of change.addedNodes) textsIn(node).forEach(mark);
    });
    observer.observe(document.body, { childList: true, subtree: true });
    // What was written while the readings were on their way.
    for (const place of document.querySelectorAll("[data-dates], [data-guide], [data-search]")) textsIn(place).forEach(mark);
  };

  fetch(address)
    .then((response) => response.json())
    .then((table) => begin(create(table)))
    .catch(() => undefined); // without a connection the words are there, the readings are not
})();
