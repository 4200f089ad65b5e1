// TensorFlow.js: its own optimizer on its own variables, on either of the backends that need no GPU.
import "@tensorflow/tfjs-backend-cpu";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import { forEachBatch } from "./problem.js";

/** How it is started, and what it trains. */
export function trainings(backend) {
  const start = async () => {
    setWasmPaths("./");
    if (!(await tf.setBackend(backend))) throw new Error(`TensorFlow.js has no backend ${backend} here.`);
    await tf.ready();
  };
  return { start, linear, network };
}

const tensor = ({ numbers, shape }) => tf.tensor(numbers, shape, "float32");

/** Variables, trained by `steps`, which calls what it is given with the loss of each step. */
function train(problem, parameters, steps) {
  const variables = parameters.map((parameter) => tf.tidy(() => tf.variable(tensor(parameter))));
  const optimizer = tf.train.sgd(problem.rate);
  const losses = [];
  steps((loss) => losses.push(optimizer.minimize(() => loss(variables), true, variables).dataSync()[0]));
  const params = variables.flatMap((variable) => Array.from(variable.dataSync()));
  tf.dispose(variables);
  optimizer.dispose();
  return { losses, params };
}

const meanSquare = (output, y) => tf.mean(tf.square(tf.sub(output, y)));

/** Linear regression: the mean squared residual, in batches. */
function linear(problem) {
  const [, width] = problem.x.shape;
  // its products of matrices want two dimensions
  const start = [{ numbers: problem.start[0].numbers, shape: [width, 1] }];
  return () =>
    train(problem, start, (step) => {
      forEachBatch(problem, (xs, ys, rows) => {
        tf.tidy(() => {
          const [x, y] = [tf.tensor2d(xs, [rows, width]), tf.tensor2d(ys, [rows, 1])];
          step(([theta]) => meanSquare(tf.matMul(x, theta), y));
        });
      });
    });
}

/** The network 2-128-128-1 with relu, full batch. */
function network(problem) {
  const [x, y] = [tensor(problem.x), tensor({ ...problem.y, shape: [problem.y.shape[0], 1] })];
  const loss = ([w1, b1, w2, b2, w3, b3]) => {
    const first = tf.relu(tf.add(tf.matMul(x, w1), b1));
    const second = tf.relu(tf.add(tf.matMul(first, w2), b2));
    return meanSquare(tf.add(tf.matMul(second, w3), b3), y);
  };
  return () =>
    train(problem, problem.start, (step) => {
      for (let i = 0; i < problem.steps; i++) tf.tidy(() => step(loss));
    });
}
