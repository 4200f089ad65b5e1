// Starts the worker: the page sends the address of the script that it was loaded with itself, and its module, translated already.
// Whatever fails is thrown once more outside of the promise, where the page hears of it as the worker's error.
onmessage = ({ data: [script, module] }) => {
  import(script)
    .then(({ default: start }) => start({ module_or_path: module }))
    .catch((error) => setTimeout(() => { throw error; }));
};
