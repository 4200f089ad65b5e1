// Only in a copy of the page that is one file (`cargo xtask build --single-file`): what the page fetches stands in it, compressed.
globalThis.fetch = async (address) => {
  const name = `${address}`.replace(/.*\//, "");
  const file = document.getElementById(`file:${name}`);
  if (!file) throw new TypeError(`${name} is not in this copy of the page`);
  const packed = new Blob([Uint8Array.from(atob(file.textContent), (letter) => letter.charCodeAt(0))]);
  const headers = { "Content-Type": name.endsWith(".wasm") ? "application/wasm" : "text/javascript" };
  return new Response(packed.stream().pipeThrough(new DecompressionStream("gzip")), { headers });
};
