import init, { measure } from "./thetahat_bench.js";

const ready = init();

onmessage = async ({ data }) => {
  try {
    await ready;
    postMessage({ report: measure(data) });
  } catch (error) {
    postMessage({ error: String(error) });
  }
};
