// Starts the worker: the page sends the address of the script that it was loaded with itself, then its module, and then the part that computes, both
// translated already. In a frame that a sandbox has taken its origin from, some browsers do not hand over modules; the worker loads its own there.
// Whatever fails is thrown once more outside of the promise, where the page hears of it as the worker's error.
let script, keep;
// what the script takes instead of fetching it, unless it is nothing
self.thetahatEngine = new Promise((resolve) => { keep = resolve; });
const start = (module) =>
  import(script)
    .then(({ default: start }) => start(module && { module_or_path: module }))
    .catch((error) => setTimeout(() => { throw error; }));
let next = (module) => {
  next = keep;
  start(module ?? script.replace(/\.js$/, "_bg.wasm"));
};
onmessage = ({ data }) => {
  if (typeof data === "string") script = data;
  else next(data);
};
onmessageerror = () => next();
