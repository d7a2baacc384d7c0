// <src-procedures lang="ja" table="procedures" theme="auto"> pasted table </src-procedures>
// Shows the newest table in place of the pasted one. Builds elements one by one, so Trusted Types have nothing to object to.
(() => {
  const home = new URL("../v1/", document.currentScript.src);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("%STYLE%");
  const allowed = /^(table|caption|thead|tbody|tfoot|tr|th|td|p|b|a|br|small|strong|sup|span|time|data|details|summary|ul|li|ruby|rt)$/;
  const build = (node) => {
    if (typeof node === "string") return document.createTextNode(node);
    const [name, attributes, ...children] = node;
    if (!allowed.test(name)) throw new Error(name);
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key.startsWith("on") || key === "style" || (key === "href" && !/^(https?|tel):/.test(value))) throw new Error(key);
      element.setAttribute(key, value);
    }
    element.append(...children.map(build));
    return element;
  };
  const load = async (element) => {
    const name = `${element.lang || "ja"}/${element.getAttribute("table") || "procedures"}.json`;
    const answer = await fetch(new URL(name, home), { credentials: "omit", referrerPolicy: "no-referrer" });
    const data = await answer.json();
    if (!/^1\./.test(data.schema_version)) return "fallback";
    if (data.as_of <= (element.getAttribute("as-of") || "")) return "fresh";
    const table = build(data.table);
    const stale = table.querySelector("[data-valid-until]");
    stale.hidden = Date.now() <= Date.parse(`${data.valid_until}T24:00:00+09:00`);
    const root = element.shadowRoot || element.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    root.replaceChildren(document.createElement("main"));
    root.firstChild.append(table);
    return "updated";
  };
  customElements.define(
    "src-procedures",
    class extends HTMLElement {
      connectedCallback() {
        load(this)
          .catch(() => "fallback")
          .then((state) => (this.dataset.state = state));
      }
    },
  );
})();
