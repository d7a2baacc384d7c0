// A page tells its reader when the day by which it was to be checked again has passed, in Japan's time.
for (const notice of document.querySelectorAll("[data-review-by]")) {
  notice.hidden = Date.now() < Date.parse(`${notice.dataset.reviewBy}T24:00:00+09:00`);
}
