// The guide, one question at a time. The answers stand in the address (#a=person.resident,reason.address), so that "back",
// reloading, sharing and the language switch keep them; nothing is stored or sent.
(() => {
  const guide = document.querySelector("[data-guide]");
  if (!guide) return;
  const nodes = Array.from(guide.querySelectorAll(".guide__node"));
  const nodeOf = (id) => nodes.find((node) => node.id === id);
  const linksOf = (node) => Array.from(node.querySelectorAll("[data-answer]"));
  const trail = guide.querySelector(".guide__answers");
  // Where each answer leads without a script; the address that it gets here carries the answers instead.
  const targets = new Map(nodes.flatMap(linksOf).map((link) => [link, link.hash.slice(1)]));

  const addressOf = (codes) => `#a=${codes.join(",")}`;
  const codesOf = (hash) => (hash.startsWith("#a=") ? decodeURIComponent(hash.slice(3)).split(",").filter(Boolean) : []);

  // Follows the answers as far as they fit; a link to one part of the guide (#o-lost) begins there.
  const follow = (hash) => {
    const taken = [];
    let node = nodeOf(decodeURIComponent(hash.slice(1))) ?? nodes[0];
    for (const code of codesOf(hash)) {
      const link = linksOf(node).find((each) => each.dataset.answer === code);
      if (!link) break;
      taken.push(link);
      node = nodeOf(targets.get(link));
    }
    return { node, taken };
  };

  const stepBack = (link, codes) => {
    const item = document.createElement("li");
    const words = plainWordsOf(link.querySelector(".guide__words"));
    const back = Object.assign(document.createElement("a"), { href: addressOf(codes), textContent: words });
    back.setAttribute("aria-label", guide.dataset.change.replace("{answer}", words));
    item.append(back);
    return item;
  };

  const showTrail = (taken) => {
    const codes = taken.map((link) => link.dataset.answer);
    trail.hidden = taken.length === 0;
    trail.querySelector("ol").replaceChildren(...taken.map((link, at) => stepBack(link, codes.slice(0, at))));
  };

  const show = () => {
    const { node, taken } = follow(location.hash);
    const codes = taken.map((link) => link.dataset.answer);
    for (const each of nodes) each.toggleAttribute("data-current", each === node);
    for (const link of linksOf(node)) link.hash = addressOf([...codes, link.dataset.answer]);
    showTrail(taken);
    return node;
  };

  const belongsHere = () => location.hash.startsWith("#a=") || nodes.some((node) => `#${node.id}` === location.hash);

  addEventListener("hashchange", () => {
    if (location.hash && !belongsHere()) return;
    show().querySelector("h3").focus();
    trail.parentElement.scrollIntoView();
  });
  guide.classList.add("guide--live");
  show();
})();
