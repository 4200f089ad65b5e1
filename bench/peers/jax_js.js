// jax-js: the step differentiated and compiled by `jit`, for its backend in WebAssembly.
//
// Its arrays count who owns them: passing one on gives it away, `ref` keeps it.
import { defaultDevice, init, jit, nn, numpy as np, valueAndGrad } from "@jax-js/jax";
import { forEachBatch } from "./problem.js";

/** How it is started, and what it trains. */
export function trainings() {
  return { start, linear, network };
}

async function start() {
  await init("wasm");
  defaultDevice("wasm");
}

const array = ({ numbers, shape }) => np.array(numbers, { shape });

/** The number in an array. Reading every loss at once is much faster than keeping them: work would pile up behind them. */
const number = (scalar) => scalar.dataSync()[0];

/** Linear regression: the mean squared residual, in batches. */
function linear(problem) {
  const [, width] = problem.x.shape;
  const loss = (theta, x, y) => np.square(np.matmul(x, theta).sub(y)).mean();
  const step = jit((theta, x, y) => {
    const [value, gradient] = valueAndGrad(loss)(theta.ref, x, y);
    return [theta.sub(gradient.mul(problem.rate)), value];
  });
  return () => {
    let theta = array(problem.start[0]);
    const losses = [];
    forEachBatch(problem, (xs, ys, rows) => {
      const [next, value] = step(theta, np.array(xs, { shape: [rows, width] }), np.array(ys, { shape: [rows] }));
      theta = next;
      losses.push(number(value));
    });
    return { losses, params: theta.dataSync() };
  };
}

/** The network 2-128-128-1 with relu, full batch. */
function network(problem) {
  const loss = ([w1, b1, w2, b2, w3, b3], x, y) => {
    const first = nn.relu(np.matmul(x, w1).add(b1));
    const second = nn.relu(np.matmul(first, w2).add(b2));
    const output = np.matmul(second, w3).add(b3).reshape([problem.y.shape[0]]);
    return np.square(output.sub(y)).mean();
  };
  const step = jit((params, x, y) => {
    const [value, gradients] = valueAndGrad(loss)(params.map((p) => p.ref), x, y);
    return [params.map((p, i) => p.sub(gradients[i].mul(problem.rate))), value];
  });
  const [x, y] = [array(problem.x), array(problem.y)];
  return () => {
    let params = problem.start.map(array);
    const losses = [];
    for (let i = 0; i < problem.steps; i++) {
      const [next, value] = step(params, x.ref, y.ref);
      params = next;
      losses.push(number(value));
    }
    return { losses, params: params.flatMap((p) => Array.from(p.dataSync())) };
  };
}
