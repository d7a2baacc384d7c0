// ---- the page
const linesOf = (values, locales, original) => {
  const tagOf = (field, tag) => (values[`${field}_${tag}`] ? tag : original);
  const spoken = (field, startsRow) =>
    Array.from(new Set(locales.map((tag) => tagOf(field, tag))))
      .filter((tag) => values[`${field}_${tag}`])
      .map((tag, index) => ({ lang: tag, text: values[`${field}_${tag}`], startsRow: startsRow || index > 0 }));
  const names = spoken("name", true).map((line) => ({ ...line, isName: true }));
  const door = values[`name_${original}`];
  if (door && !names.some((line) => line.lang === original)) names.push({ lang: original, text: door, startsRow: false });
  const { phone, url } = values;
  const lines = [...names, ...spoken("address", true)];
  if (phone) lines.push({ lang: locales[0], text: phone, startsRow: true, address: `tel:${phone.replace(/[^+\d]/g, "")}`, label: phone });
  lines.push(...spoken("hours", !phone));
  if (url) lines.push({ lang: locales[0], text: url, startsRow: true, address: url, label: names[0].text });
  return { lines, code: url ? { lang: names[0].lang, address: url, label: names[0].text } : null };
};

const start = (box) => {
  const choices = JSON.parse(box.dataset.imprint);
  const [form, status, result] = ["form", "[role=status]", ".imprint__result"].map((each) => box.querySelector(each));
  const root = new URL("..", import.meta.url);
  const loaded = new Map();
  const load = (path) => {
    if (!loaded.has(path)) {
      const wanted = fetch(new URL(path, root)).then((answer) => (answer.ok ? answer.arrayBuffer() : Promise.reject(new Error(path))));
      wanted.catch(() => loaded.delete(path));
      loaded.set(path, wanted);
    }
    return loaded.get(path);
  };
  const say = (word, values = {}) => { status.textContent = choices.words[word].replace(/\{(\w+)\}/g, (_, key) => values[key]); };

  const make = async () => {
    const values = Object.fromEntries(Array.from(new FormData(form), ([key, value]) => [key, value.trim()]));
    const sheet = choices.sheets[Number(values.sheet)];
    const { lines, code } = linesOf(values, sheet.locales, choices.original);
    result.replaceChildren();
    say("working");
    try {
      const [pdf, slot, font] = await Promise.all([sheet.path, sheet.slot, choices.font].map(load));
      const file = await imprint(new Uint8Array(pdf), JSON.parse(new TextDecoder().decode(slot)), font, lines, code);
      const link = Object.assign(document.createElement("a"), {
        href: URL.createObjectURL(new Blob([file], { type: "application/pdf" })), className: "button", target: "_blank",
        textContent: choices.words.open.replace("{size}", Math.ceil(file.length / 1000)),
      });
      result.append(link);
      say("done");
      link.focus();
    } catch (error) {
      if (error instanceof Misfit) say(error.rule, { text: error.text, millimetres: error.millimetres.toFixed(1) });
      else say("failed");
    }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    make();
  });
  form.addEventListener("focusin", () => [choices.font, choices.sheets[0].path, choices.sheets[0].slot].forEach((path) => load(path).catch(() => undefined)), { once: true });
  form.hidden = false;
};

for (const box of document.querySelectorAll("[data-imprint]")) start(box);
