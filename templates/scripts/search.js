// Search in the page's own language: a small index, fetched when the field is first used, and nothing sent anywhere.
(() => {
  const MOST_RESULTS = 8;

  // Width, case, kana and marks make no difference: 「ザイリュウ」「ｻﾞｲﾘｭｳ」「ざいりゅう」 are one word.
  const fold = (text) =>
    text
      .normalize("NFKC")
      .toLowerCase()
      .replace(/[\u30a1-\u30f6]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60))
      .normalize("NFD")
      .replace(/[\u0300-\u036f]/g, "")
      .normalize("NFC");

  const wordsOf = (query) => fold(query).split(/[^\p{L}\p{N}\u30fc]+/u).filter(Boolean);
  const pairsOf = (word) => {
    const letters = Array.from(word);
    return letters.length < 3 ? [word] : letters.slice(1).map((letter, at) => letters[at] + letter);
  };

  const prepare = (entry) => ({
    ...entry,
    lines: new Set([entry.title, ...entry.words].map(fold)),
    fields: [
      [entry.title, 8],
      [entry.words.join("\n"), 6],
      [entry.summary, 2],
    ].map(([text, weight]) => ({ text: fold(text), weight, words: [...new Set(wordsOf(text))].map(pairsOf) })),
  });

  const best = (entry, likeness) => Math.max(...entry.fields.map((field) => field.weight * likeness(field)));

  const scoreOfWord = (entry, word) =>
    Math.max(...entry.fields.map(({ text, weight }) => (text.includes(word) ? weight + (text.startsWith(word) ? 1 : 0) : 0)));

  // Spelling, 1: a word shares most of its pairs of letters with one word of the text (extention, residense).
  const ALIKE = 0.6;
  const likeAWord = (pairs) => ({ words }) => {
    const share = (other) => (2 * pairs.filter((pair) => other.includes(pair)).length) / (pairs.length + other.length);
    const most = Math.max(0, ...words.map(share));
    return most < ALIKE ? 0 : most;
  };

  // Spelling, 2: the text holds the word but for one letter (再公付 for 再交付); texts without spaces have no words.
  const butForOne = (word) => ({ text }) => {
    const letters = Array.from(word);
    const patterns = letters.map((_, at) => letters.slice(0, at).join("") + "." + letters.slice(at + 1).join(""));
    return letters.length > 2 && !/[a-z]/.test(word) && new RegExp(patterns.join("|"), "u").test(text) ? ALIKE : 0;
  };

  // Spelling, 3: at least half of the pairs stand somewhere in the text.
  const scoreOfPairs = (entry, pairs) => {
    const found = pairs.filter((pair) => entry.fields.some(({ text }) => text.includes(pair)));
    return found.length * 2 >= pairs.length ? (2 * found.length) / pairs.length : 0;
  };

  const scoreOfSpelling = (entry, word) => {
    const pairs = pairsOf(word);
    return best(entry, likeAWord(pairs)) || best(entry, butForOne(word)) || scoreOfPairs(entry, pairs);
  };

  const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

  const ranked = (entries, score) =>
    entries
      .map((entry) => [score(entry), entry])
      .filter(([points]) => points > 0)
      .sort(([one], [other]) => other - one)
      .map(([, entry]) => entry);

  // What is called exactly so; then all words; then some of them, or words that are spelt alike.
  const find = (entries, query) => {
    const words = wordsOf(query);
    const whole = words.join(" ");
    const called = (entry) => (entry.lines.has(whole) || entry.lines.has(fold(query.trim())) ? best(entry, ({ text }) => text.includes(whole)) || 1 : 0);
    const every = (entry) => {
      const scores = words.map((word) => scoreOfWord(entry, word));
      return scores.includes(0) ? 0 : sum(scores);
    };
    const some = (entry) => sum(words.map((word) => scoreOfWord(entry, word) || scoreOfSpelling(entry, word)));
    const results = new Set([...ranked(entries, called), ...ranked(entries, every), ...ranked(entries, some)]);
    return Array.from(results).slice(0, MOST_RESULTS);
  };

  const element = (name, className, text = "") => Object.assign(document.createElement(name), { className, textContent: text });

  const signOf = ([counter, letter, number]) => {
    const sign = element("span", `sign sign--${counter} sign--small`);
    sign.setAttribute("aria-hidden", "true");
    sign.append(element("span", "", letter), element("span", "", number));
    return sign;
  };

  const rowOf = (entry, root) => {
    const link = Object.assign(element("a", "search__link"), { href: root + entry.url });
    const text = element("span", "", entry.title);
    text.append(element("span", "search__summary", entry.summary));
    link.append(...(entry.sign ? [signOf(entry.sign)] : []), text);
    const row = document.createElement("li");
    row.append(link);
    return row;
  };

  const form = document.querySelector("[data-search]");
  if (!form) return;
  const input = form.querySelector("input");
  const list = form.querySelector("ul");
  const status = form.querySelector("[data-search-status]");
  let index;

  const load = () => {
    index ??= fetch(form.dataset.index)
      .then((response) => (response.ok ? response.json() : Promise.reject(response.status)))
      .then((entries) => entries.map(prepare))
      .catch(() => (index = undefined));
    return index;
  };

  const show = (rows, message) => {
    list.replaceChildren(...rows);
    list.hidden = rows.length === 0;
    status.textContent = message;
  };

  const search = async () => {
    const query = input.value;
    if (wordsOf(query).length === 0) return show([], "");
    const entries = await load();
    if (query !== input.value) return undefined; // a later letter has its own answer
    const found = entries ? find(entries, query) : [];
    if (found.length) return show(found.map((entry) => rowOf(entry, form.dataset.root)), form.dataset.count.replace("{count}", found.length));
    const message = entries ? form.dataset.none : form.dataset.failed;
    return show([element("li", "search__message", message)], message);
  };

  input.addEventListener("focus", load);
  input.addEventListener("input", search);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    list.querySelector("a")?.click();
  });
  form.addEventListener("keydown", (event) => {
    const stops = [input, ...list.querySelectorAll("a")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      stops.at((stops.indexOf(document.activeElement) + step) % stops.length).focus();
    }
    if (event.key === "Escape") show([], "");
  });
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) list.hidden = true;
  });
  form.addEventListener("focusin", () => {
    list.hidden = list.childElementCount === 0;
  });
})();
