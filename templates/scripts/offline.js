// Keep this page, the ways to the counters and the search for reading without a connection; say so when there is none.
(() => {
  const FIRST_WAYS = 3;
  const root = new URL("..", document.currentScript.src);
  const note = document.querySelector("[data-offline]");

  const tell = () => {
    if (note) note.textContent = navigator.onLine ? "" : note.dataset.offline;
  };
  addEventListener("online", tell);
  addEventListener("offline", tell);
  tell();

  // The live preview has no policy, and must never be answered from a store.
  const published = document.querySelector('meta[http-equiv="Content-Security-Policy"]');
  if (!published || !("serviceWorker" in navigator) || navigator.connection?.saveData) return;

  const ways = Array.from(document.querySelectorAll(".navigation__link")).slice(0, FIRST_WAYS).map((link) => link.href);
  const index = document.querySelector("[data-search]")?.dataset.index;
  const parts = Array.from(document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]"), (each) => each.href || each.src);
  const wanted = [location.href.split("#")[0], ...parts, ...ways, ...(index ? [new URL(index, location).href] : [])];

  addEventListener("load", async () => {
    if (navigator.serviceWorker.controller) return; // from now on the worker keeps what is read
    await navigator.serviceWorker.register(new URL("offline.js", root), { scope: root.pathname });
    const { active } = await navigator.serviceWorker.ready;
    active.postMessage({ keep: wanted });
  });
})();
