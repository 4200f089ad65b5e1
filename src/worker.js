// Starts the worker: the page sends the address of the script that it was loaded with itself, then its module, and then the part that computes, both
// translated already. In a frame that a sandbox has taken its origin from, some browsers do not hand over modules; the worker loads its own there.
// A page without an origin makes its worker of this text and the script's (`first.js`), and fetches for it what it asks for through a port.
// Whatever fails is thrown once more outside of the promise, where the page hears of it as the worker's error.
let script, keep;
// what the script takes instead of fetching it, unless it is nothing
self.thetahatEngine = new Promise((resolve) => { keep = resolve; });
const start = (module) =>
  Promise.resolve(self.thetahatApp ?? import(script))
    .then(({ default: start }) => start(module && { module_or_path: module }))
    .catch((error) => setTimeout(() => { throw error; }));
let next = (module) => {
  next = keep;
  start(module ?? script.replace(/\.js$/, "_bg.wasm"));
};
const fetchThrough = (port) => {
  const asked = new Map();
  port.onmessage = ({ data: [address, bytes] }) => asked.get(address)?.(bytes);
  self.fetch = (address) =>
    new Promise((resolve, reject) => {
      const headers = { "Content-Type": "application/wasm" };
      asked.set(`${address}`, (bytes) => bytes ? resolve(new Response(bytes, { headers })) : reject(new TypeError(`${address} cannot be fetched`)));
      port.postMessage(`${address}`);
    });
};
onmessage = ({ data, ports }) => {
  if (typeof data !== "string") return next(data);
  script = data;
  ports.forEach(fetchThrough);
};
onmessageerror = () => next();
