// Print, and share with what the device offers, else by copying the address.
for (const tools of document.querySelectorAll("[data-tools]")) {
  const share = tools.querySelector("[data-share]");
  const status = tools.querySelector("[data-done]");
  tools.hidden = false;
  tools.querySelector("[data-print]").addEventListener("click", () => print());
  share.addEventListener("click", async () => {
    const page = { title: document.title, url: location.href };
    if (navigator.share) return navigator.share(page).catch(() => undefined); // the reader may change their mind
    await navigator.clipboard.writeText(page.url);
    status.textContent = share.dataset.words;
  });
}
