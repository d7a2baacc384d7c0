(() => {
const home = new URL("../v1/", document.currentScript.src);
const sheet = new CSSStyleSheet();
sheet.replaceSync(":host{display:block;--ink:#1b2430;--paper:#ffffff;--muted:#4a5563;--hairline:#c3c9d1;--edge:#6b7683;--municipal:#0a5c44;--bureau:#27408b;--stop:#a3211a;--link:#27408b;--focus:#1b2430;--focus-halo:#ffd43d;--text-small:0.9375rem;--text-base:1.0625rem;--line-text:1.6}:lang(ja){--line-text:1.75}@media screen and (prefers-color-scheme:dark){:host(:not([theme=light])){--ink:#e8ecf1;--paper:#12171f;--muted:#b4becb;--hairline:#3a4552;--edge:#8390a0;--municipal:#7fd1b0;--bureau:#a9bcf5;--stop:#ffb4a9;--link:#a9bcf5;--focus:#ffffff;--focus-halo:#27408b}}@media screen{:host([theme=dark]){--ink:#e8ecf1;--paper:#12171f;--muted:#b4becb;--hairline:#3a4552;--edge:#8390a0;--municipal:#7fd1b0;--bureau:#a9bcf5;--stop:#ffb4a9;--link:#a9bcf5;--focus:#ffffff;--focus-halo:#27408b}}:host{margin:0;background:var(--paper);color:var(--ink);font-size:var(--text-small)}[lang]{font-family:var(--src-font,inherit)}[hidden]{display:none}main{container-type:inline-size}time,.whole{white-space:nowrap}a{color:var(--src-accent,var(--link));text-underline-offset:0.2em}a:focus-visible,summary:focus-visible{outline:3px solid var(--focus);box-shadow:0 0 0 calc(2 * 3px) var(--focus-halo)}p,ul{margin:0;padding:0}p + p{margin-block-start:0.25rem}li{list-style:none}sup{margin-inline-start:0.25rem;color:var(--muted);font-size:0.75em;line-height:0}small{color:var(--muted);font-size:inherit}table{inline-size:100%;line-height:var(--line-text);border-collapse:collapse;table-layout:fixed}caption{padding:0.5rem;font-size:var(--text-base);font-weight:700;text-align:start}th,td{padding:0.25rem 0.5rem;border-block-end:1px solid var(--hairline);text-align:start;vertical-align:top;overflow-wrap:anywhere}thead th{color:var(--muted);font-weight:400;border-block-end-color:var(--edge)}thead th:first-child:not(:last-child){inline-size:38%}th[scope=\"rowgroup\"]{padding-block-start:0.75rem;font-size:var(--text-base);border-block-end:2px solid var(--edge)}th[scope=\"rowgroup\"] p{font-size:var(--text-small);font-weight:400}caption p{font-size:var(--text-small);font-weight:400}tfoot td{color:var(--muted);border:0}summary{min-block-size:1.5rem}b[data-counter]{position:absolute;box-sizing:border-box;inset-inline-start:0.5rem;display:inline-grid;place-content:center;inline-size:2rem;block-size:2rem;border:0.25em solid var(--bureau);border-radius:50%;font-family:ui-monospace,Menlo,Consolas,\"DejaVu Sans Mono\",monospace;font-size:0.8125rem;line-height:1}th:has(> b){position:relative;block-size:calc(2rem + 2 * 0.25rem);padding-inline-start:calc(2rem + 2 * 0.5rem)}b[data-counter=\"M\"]{border-color:var(--municipal);border-radius:28%}[data-state=\"reported\"]{text-decoration:underline dotted;text-decoration-color:var(--edge);text-underline-offset:0.2em}[data-state=\"reported\"] :is(small,sup){display:inline-block;text-decoration:none}[data-state=\"unknown\"],[data-state=\"conflict\"]{padding:0.25rem 0.5rem;border:1px dashed var(--edge)}[data-valid-until]{padding:0.5rem;border:2px solid var(--stop);color:var(--stop)}@container (width < 40rem){table:not(#fees){&,caption,thead,tbody,tfoot,tr,th,td{display:block}thead{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%)}tbody th[scope=\"row\"]:not(:last-child),td:not(:last-child){border:0;padding-block-end:0}th:has(> b){block-size:auto;min-block-size:calc(2rem + 2 * 0.25rem)}td[data-label]::before{content:attr(data-label) \":\\a0\";color:var(--muted)}td[data-label] > p:first-child{display:inline}}}@media print{tr{break-inside:avoid}details::details-content{content-visibility:visible;block-size:auto}}");
const allowed = /^(table|caption|thead|tbody|tfoot|tr|th|td|p|b|a|br|small|strong|sup|span|time|data|details|summary|ul|li)$/;
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
