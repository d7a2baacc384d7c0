// Says when the table has passed its date, and tells the host how tall it is. Works without same-origin rights.
{
  const stale = document.querySelector("[data-valid-until]");
  stale.hidden = Date.now() < Date.parse(stale.dataset.validUntil + "T24:00+09:00");
  let last;
  const tell = () => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    if (height === last) return;
    parent.postMessage({ type: "src-embed:height", v: 1, height: (last = height) }, "*");
    self.tellWordPress?.("height", height);
    self.requestResize?.();
  };
  if (parent !== self) {
    new ResizeObserver(tell).observe(document.body);
    // A host script that loads later asks again.
    onmessage = ({ source, data }) => {
      if (source === parent && data?.type === "src-embed:hello") tell((last = 0));
    };
  }
}
