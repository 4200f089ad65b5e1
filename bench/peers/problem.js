// What all peers are given: data, starting parameters, and the order of the samples in every epoch.

/** Reads the problem with this name, as `bench/src/problem.rs` has it. */
export async function load(name) {
  const file = async (ending) => fetch(`problems/${name}.${ending}`);
  const problem = await (await file("json")).json();
  const words = await (await file("bin")).arrayBuffer();
  const part = (Type, { shape, first }) => ({
    shape,
    numbers: new Type(words, 4 * first, shape.reduce((product, size) => product * size, 1)),
  });
  return {
    ...problem,
    x: part(Float32Array, problem.x),
    y: part(Float32Array, problem.y),
    orders: problem.orders && part(Uint32Array, problem.orders),
    start: problem.start.map((parameter) => part(Float32Array, parameter)),
  };
}

/**
 * Goes through all batches of all epochs: `step(x, y, rows)` with the numbers of a batch and how many rows it has. The numbers always stand in the same
 * two buffers.
 */
export function forEachBatch({ x, y, orders, batch_size: size }, step) {
  const [epochs, samples] = orders.shape;
  const [, width] = x.shape;
  const [xs, ys] = [new Float32Array(size * width), new Float32Array(size)];
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let first = 0; first < samples; first += size) {
      const rows = Math.min(size, samples - first);
      const from = epoch * samples + first;
      for (let i = 0; i < rows; i++) {
        const row = orders.numbers[from + i];
        ys[i] = y.numbers[row];
        for (let k = 0; k < width; k++) xs[i * width + k] = x.numbers[row * width + k];
      }
      step(xs.subarray(0, rows * width), ys.subarray(0, rows), rows);
    }
  }
}
