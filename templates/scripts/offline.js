// Keep the guide on the device when its reader asks for it, and remove it; say so when there is no connection.
(() => {
  const STORE = "pages-1";
  const note = document.querySelector("[data-offline]");
  const button = document.querySelector("[data-keep]");

  const tell = (connected) => {
    if (note) note.textContent = connected ? "" : note.dataset.offline;
  };
  addEventListener("online", () => tell(true));
  addEventListener("offline", () => tell(false));
  tell(navigator.onLine);
  // Connected to something is not connected to us; the worker answers what it kept, but not this.
  if (navigator.serviceWorker?.controller) fetch(location, { method: "HEAD", cache: "no-store" }).catch(() => tell(false));

  // The live preview has no policy, and must never be answered from a store.
  const published = document.querySelector('meta[http-equiv="Content-Security-Policy"]');
  if (!button || !published || !("serviceWorker" in navigator)) return;

  const worker = new URL(button.dataset.keep, location);
  const scope = new URL(".", worker).pathname;
  const status = button.parentElement.querySelector("[data-done]");
  const form = document.querySelector("[data-search]");
  const words = { ...button.dataset, keep: plainWordsOf(button), kept: button.dataset.words };

  // Every page of this language: the search knows them all.
  const pagesOf = async (index) => {
    const entries = await (await fetch(index)).json();
    const home = new URL(form.dataset.root, location);
    return [home.href, ...new Set(entries.map((entry) => new URL(entry.url.split("#")[0], home).href))];
  };

  const keep = async () => {
    const index = new URL(form.dataset.index, location).href;
    const parts = Array.from(document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]"), (each) => each.href || each.src);
    const store = await caches.open(STORE);
    const { readings } = document.documentElement.dataset;
    if (readings) parts.push(new URL(readings, location).href);
    const wanted = new Set([...parts, index, location.href.split("#")[0], ...(await pagesOf(index))]);
    // Fresh from the server, and in this one place only, so that it can be removed.
    await store.addAll(Array.from(wanted, (address) => new Request(address, { cache: "no-store" })));
    await navigator.serviceWorker.register(worker, { scope });
    await navigator.serviceWorker.ready;
  };

  const forget = async () => {
    const registration = await navigator.serviceWorker.getRegistration(scope);
    await registration?.unregister();
    await caches.delete(STORE);
  };

  const show = (kept, message = "") => {
    button.textContent = kept ? words.forget : words.keep;
    button.toggleAttribute("data-kept", kept);
    status.textContent = message;
  };

  button.addEventListener("click", async () => {
    const kept = button.hasAttribute("data-kept");
    button.disabled = true;
    try {
      await (kept ? forget() : keep());
      show(!kept, kept ? words.forgotten : words.kept);
    } catch {
      await forget();
      show(false, words.failed);
    }
    button.disabled = false;
  });

  caches.has(STORE).then((kept) => {
    show(kept);
    button.hidden = false;
  });
})();
