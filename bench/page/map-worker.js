import { initSync, MapWorker } from "./thetahat_bench.js";

let worker;

// First the module and the map, which is answered when all is ready, then batch sizes, each of which is answered with its row.
onmessage = ({ data }) => {
  try {
    if (worker) {
      const row = worker.row(data);
      postMessage({ row }, [row.buffer]);
    } else {
      initSync({ module: data.module });
      worker = new MapWorker(data.map);
      postMessage({ row: null });
    }
  } catch (error) {
    postMessage({ error: String(error) });
  }
};
