// "My dates": every day is computed here, in the reader's browser. Nothing is sent, and nothing is kept until the reader
// presses "keep".
(() => {
  const page = document.querySelector("[data-dates]");
  if (!page) return;
  const STORE = "card-guide.my-dates";
  const words = page.dataset;
  const form = page.querySelector("form");
  const results = page.querySelector(".dates__results");
  const list = page.querySelector(".dates__list");
  const status = page.querySelector("[role=status]");
  const rules = Array.from(document.querySelectorAll(".rule"));

  // Months back, on the same day of the month, or on the last day of a month that is too short for it.
  const monthsBefore = (day, months) => {
    const [year, month, date] = day.split("-").map(Number);
    const last = new Date(Date.UTC(year, month - months, 0)).getUTCDate();
    return new Date(Date.UTC(year, month - 1 - months, Math.min(date, last))).toISOString().slice(0, 10);
  };

  const isWeekend = (day) => [0, 6].includes(new Date(`${day}T00:00Z`).getUTCDay());
  const hasPassed = (day) => {
    const now = new Date();
    return new Date(`${day}T00:00Z`) < Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
  };
  const style = { timeZone: "UTC", year: "numeric", month: "long", day: "numeric", weekday: "long" };
  // Made when the first day is written: a browser reads its tables of the language for it, and a page that opens need not wait.
  let format;
  const written = (day) => {
    format ??= new Intl.DateTimeFormat(document.documentElement.lang, style);
    return format.format(new Date(`${day}T00:00Z`));
  };

  const filledIn = () => {
    const invalid = Array.from(form.elements).filter((each) => each.name && !each.validity.valid);
    const values = Object.fromEntries(new FormData(form));
    for (const each of invalid) delete values[each.name];
    return values;
  };

  const fits = (condition, values) =>
    condition
      .split(" ")
      .filter(Boolean)
      .map((each) => each.split(":"))
      .every(([name, choices]) => choices.split(",").includes(values[name]));

  const applied = (values) =>
    rules
      .filter((rule) => values[rule.dataset.input] && fits(rule.dataset.when, values))
      .map((rule) => ({ rule, day: monthsBefore(values[rule.dataset.input], Number(rule.dataset.months)) }))
      .sort((one, other) => one.day.localeCompare(other.day));

  const element = (name, className, text = "") => Object.assign(document.createElement(name), { className, textContent: text });
  const isWords = (rule) => rule.dataset.role === "words";

  const notesOn = ({ rule, day }) =>
    [
      "about" in rule.dataset && words.about,
      isWords(rule) && rule.dataset.words,
      isWords(rule) && words.noDay,
      rule.dataset.caution,
      !isWords(rule) && isWeekend(day) && words.weekend,
      !isWords(rule) && hasPassed(day) && words.passed,
    ].filter(Boolean);

  const rowOf = (found) => {
    const row = element("li", "date");
    const link = Object.assign(element("a", "", words.rule), { href: `#${found.rule.id}` });
    link.setAttribute("aria-label", `${words.rule}: ${plainWordsOf(found.rule.querySelector("h3"))}`);
    row.append(
      Object.assign(element("time", "date__day", written(found.day)), { dateTime: found.day }),
      element("p", "date__title", plainWordsOf(found.rule.querySelector("h3"))),
      ...notesOn(found).map((note) => element("p", "date__note", note)),
      link,
    );
    row.dataset.rule = found.rule.id;
    return row;
  };

  const show = () => {
    const found = applied(filledIn());
    list.replaceChildren(...found.map(rowOf));
    results.hidden = found.length === 0;
    results.querySelector("[data-act=calendar]").hidden = found.every(({ rule }) => isWords(rule));
    document.body.classList.toggle("dates--found", found.length > 0);
    for (const rule of rules) rule.toggleAttribute("data-met", found.some((each) => each.rule === rule));
    status.textContent = found.length ? words.count.replace("{count}", found.length) : words.none;
  };

  // The calendar file, by RFC 5545: lines of at most 75 octets, ids that stay the same for the same rule and day.
  const REMINDERS = { opens: ["PT9H"], last: ["-P29DT15H", "-P6DT15H"] };
  const escaped = (text) => text.replace(/[\\;,]/g, "\\$&").replace(/\n/g, "\\n");
  const octets = (text) => new TextEncoder().encode(text).length;
  const folded = (line) => {
    const lines = [""];
    for (const letter of line) {
      if (octets(lines.at(-1) + letter) > 74) lines.push(" ");
      lines[lines.length - 1] += letter;
    }
    return lines.join("\r\n");
  };
  const reminder = (trigger, title) => ["BEGIN:VALARM", "ACTION:DISPLAY", `DESCRIPTION:${title}`, `TRIGGER:${trigger}`, "END:VALARM"];
  const entry = ({ rule, day }) => {
    const title = escaped(plainWordsOf(rule.querySelector("h3")));
    const compact = day.replaceAll("-", "");
    const address = `${document.querySelector("link[rel=canonical]").href}#${rule.id}`;
    const about = "about" in rule.dataset ? `${words.about} ` : "";
    return [
      "BEGIN:VEVENT",
      `UID:${rule.id}-${compact}@${words.host}`,
      `DTSTAMP:${words.stamp}`,
      `DTSTART;VALUE=DATE:${compact}`,
      `SUMMARY:${title}`,
      `DESCRIPTION:${escaped(`${about}${rule.dataset.words}\n${rule.dataset.caution}\n${address}`)}`,
      `URL:${address}`,
      "TRANSP:TRANSPARENT",
      ...REMINDERS[rule.dataset.role].flatMap((trigger) => reminder(trigger, title)),
      "END:VEVENT",
    ];
  };
  const calendar = () => {
    const found = applied(filledIn()).filter(({ rule }) => !isWords(rule));
    const head = ["BEGIN:VCALENDAR", "VERSION:2.0", `PRODID:-//${words.host}//my-dates//EN`, `X-WR-CALNAME:${escaped(words.calendar)}`];
    return `${[...head, ...found.flatMap(entry), "END:VCALENDAR"].map(folded).join("\r\n")}\r\n`;
  };
  const save = (text) => {
    const address = URL.createObjectURL(new Blob([text], { type: "text/calendar" }));
    Object.assign(document.createElement("a"), { href: address, download: "my-dates.ics" }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
  };

  const fillIn = (values) => {
    for (const [name, value] of Object.entries(values)) {
      const field = form.elements.namedItem(name);
      if (field) field.value = value;
    }
  };
  // A reader may have switched storage off.
  const stored = (act) => {
    try {
      return act(localStorage);
    } catch {
      return null;
    }
  };
  const acts = {
    keep: () => {
      const kept = stored((store) => {
        store.setItem(STORE, JSON.stringify(filledIn()));
        return true;
      });
      status.textContent = kept ? words.kept : words.notKept;
    },
    forget: () => {
      stored((store) => store.removeItem(STORE));
      form.reset();
      show();
      status.textContent = words.forgotten;
      form.querySelector("input").focus();
    },
    calendar: () => save(calendar()),
    print: () => print(),
  };

  page.addEventListener("click", (event) => acts[event.target.closest("[data-act]")?.dataset.act]?.());
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", show);
  const kept = stored((store) => JSON.parse(store.getItem(STORE)));
  if (kept) {
    fillIn(kept);
    show();
  }
})();
