// Trains with the library, and on the problem, that a message names, and answers with times and numbers.
import * as jaxJs from "./jax_js.js";
import { load } from "./problem.js";
import * as tensorFlow from "./tensorflow.js";
import { measure } from "./timing.js";

const peers = {
  "jax-js": jaxJs.trainings(),
  "tfjs-cpu": tensorFlow.trainings("cpu"),
  "tfjs-wasm": tensorFlow.trainings("wasm"),
};

onmessage = async ({ data }) => {
  try {
    const { peer, problem: name, repetitions, slow } = JSON.parse(data);
    const problem = await load(name);
    const { start, network, linear } = peers[peer];
    await start();
    const train = problem.orders ? linear(problem) : network(problem);
    postMessage({ report: JSON.stringify(measure(train, repetitions, slow)) });
  } catch (error) {
    postMessage({ error: String(error) });
  }
};
