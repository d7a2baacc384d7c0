// The page for partners: a button that copies code, and the form that writes it, with the table as it will look.
for (const code of document.querySelectorAll("pre[data-copy]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--quiet screen-only";
  button.textContent = code.dataset.copy;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = code.dataset.copied;
    } catch {
      // Where a browser refuses, the code is selected: one key copies it.
      getSelection().selectAllChildren(code);
    }
  });
  // What is shown next was not copied.
  new MutationObserver(() => (button.textContent = code.dataset.copy)).observe(code, { childList: true, subtree: true });
  code.after(button);
}

for (const chooser of document.querySelectorAll("[data-choices]")) {
  const choices = JSON.parse(chooser.dataset.choices);
  const form = chooser.querySelector("form");
  const shown = chooser.querySelector(".chooser__preview");
  const code = chooser.querySelector("code");
  // Served from where this page is, so that the preview works before publishing, too.
  const here = new URL("../../", location.href);
  const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&#34;").replaceAll("<", "&lt;");
  // The table is a document of its own, far below the first screen of a phone: it comes when its reader is a screen away,
  // and the page that opens need not wait for it.
  let wanted;
  let isNear = false;
  const show = (table) => {
    wanted = table;
    if (!isNear) return;
    shown.querySelector("iframe")?.remove();
    shown.append(Object.assign(document.createElement("iframe"), { className: "chooser__frame" }, wanted));
  };
  const watch = new IntersectionObserver(
    (places) => {
      isNear = places.some((place) => place.isIntersecting);
      if (!isNear) return;
      watch.disconnect();
      show(wanted);
    },
    { rootMargin: "100%" },
  );
  const write = () => {
    const way = form.way.value;
    // WordPress and the like decide these themselves.
    form.width.disabled = way === "wordpress" || way === "address";
    form.look.disabled = way === "wordpress";
    const { table, language, look = "auto", width = "fluid" } = Object.fromEntries(new FormData(form));
    const name = `${language}/${table}`;
    const theme = look === "auto" ? "" : `#theme-${look}`;
    const path = `${choices.folder}/${name}.html${theme}`;
    const words = {
      ...choices.tables[name],
      site: choices.site,
      address: choices.site + path,
      width: width === "fluid" ? "100%" : way === "iframe-fixed" ? width : `${width}px`,
    };
    code.textContent = choices.forms[way].replace(/\{(\w+)\}/g, (_, key) => escaped(words[key]));
    // The answer to WordPress names the short table in place of the whole one.
    const source = new URL(way === "wordpress" ? path.replace("/procedures.", "/procedures-compact.") : path, here);
    show({ src: source, title: words.title, width: width === "fluid" ? "100%" : width });
  };
  form.language.value = document.documentElement.lang;
  form.addEventListener("change", write);
  form.hidden = shown.hidden = false;
  write();
  watch.observe(shown);
}
