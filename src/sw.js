// Keeps the page for when there is no network: after the first visit it opens without one.
// What is new comes from the network as long as there is one; files whose names carry a hash never change, so a kept one will do.
// Trunk writes hashes without leading zeros.
// Each folder has a store of its own: a release in a folder that bears its version keeps its page, whatever stands in the folder above.
const NAME = `thetahat ${new URL("./", location.href).pathname}`;
// Python, for the tab Code, is large: it is kept once it has been used.
const USED = /\/snippets\/python\//;
const HASHED = /-[0-9a-f]{8,16}(_bg\.wasm|\.wasm|\.js)$/;

// What a script names, without the network if it is kept already.
async function namedBy(cache, script) {
  const answer = (await cache.match(script)) ?? (await fetch(script));
  return (await answer.text()).match(/snippets\/[\w-]+-[0-9a-f]{8,16}\.wasm/g) ?? [];
}

// The page, the files that it names, and the parts that its script fetches later.
async function keepAll() {
  const page = await fetch("./", { cache: "no-cache" });
  if (!page.ok) throw new Error(`The page cannot be kept: ${page.status}`);
  const named = (await page.clone().text()).match(/[\w-]+-[0-9a-f]{8,16}(?:_bg\.wasm|\.js)/g) ?? [];
  const cache = await caches.open(NAME);
  const parts = await Promise.all(named.filter((file) => file.endsWith(".js")).map((script) => namedBy(cache, script)));
  const files = [...new Set([...named, ...parts.flat(), "first.js", "worker.js", "manifest.webmanifest"])];
  const kept = await Promise.all(files.map(async (file) => HASHED.test(file) && (await cache.match(file)) !== undefined));
  await cache.addAll(files.filter((_, index) => !kept[index]));
  await cache.put("./", page);
  // A page that is open may be of an older version, and have parts to fetch still: a new version comes when that one is closed or opened again, not before.
  if ((await clients.matchAll({ type: "window" })).length > 1) return;
  const wanted = new Set(["./", ...files].map((file) => new URL(file, location.href).href));
  for (const { url } of await cache.keys()) if (!wanted.has(url) && !USED.test(url)) await cache.delete(url);
}

// Keeps a file of Python's, and no others of its kind.
async function keepUsed(cache, request, fresh) {
  const kind = (url) => url.replace(/-[0-9a-f]{16}/, "");
  for (const { url } of await cache.keys()) if (kind(url) === kind(request.url)) await cache.delete(url);
  await cache.put(request, fresh);
}

async function answer(request) {
  const cache = await caches.open(NAME);
  const kept = await cache.match(request, { ignoreSearch: true, ignoreVary: true });
  if (kept && HASHED.test(new URL(request.url).pathname)) return kept;
  const fresh = await fetch(request).catch((error) => kept ?? Promise.reject(error));
  if (fresh.ok && USED.test(request.url)) await keepUsed(cache, request, fresh.clone());
  return fresh.ok || !kept ? fresh : kept;
}

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(keepAll());
});
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(new URL("./", location.href).href)) return;
  event.respondWith(answer(request));
  // a visit with a network renews what is kept
  if (request.mode === "navigate") event.waitUntil(keepAll().catch(() => {}));
});
