// A pool of workers that share a map: each takes the next batch size as soon as it has trained the one before.

// Compiled once, however many workers there are, and only for a map: the page of `bench/peers` has no such module.
let compiled;
const compile = () => (compiled ??= WebAssembly.compileStreaming(fetch("thetahat_bench_bg.wasm")));

const answer = (worker) =>
  new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => ("error" in data ? reject(data.error) : resolve(data.row));
    worker.onerror = (event) => reject(event.message);
  });

const ask = (worker, message) => {
  const answered = answer(worker);
  worker.postMessage(message);
  return answered;
};

// See `MapRequest` and `MapReport` for what it takes and returns.
export const train = async ({ map, workers }) => {
  const count = workers ?? navigator.hardwareConcurrency;
  const pool = Array.from({ length: count }, () => new Worker("map-worker.js", { type: "module" }));
  try {
    const start = { module: await compile(), map: JSON.stringify(map) };
    await Promise.all(pool.map((worker) => ask(worker, start)));
    const sizes = map.batch_sizes;
    const rows = [];
    let next = 0;
    const work = async (worker) => {
      while (next < sizes.length) {
        const row = next++;
        rows[row] = await ask(worker, sizes[row]);
      }
    };
    const started = performance.now();
    await Promise.all(pool.map(work));
    const milliseconds = performance.now() - started;
    const outcomes = rows.flatMap((row) => Array.from(new Uint32Array(row.buffer)));
    return { workers: count, milliseconds, outcomes };
  } finally {
    for (const worker of pool) worker.terminate();
  }
};
