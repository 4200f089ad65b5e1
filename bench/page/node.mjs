// The browser's stand-in where there is none: `node node.mjs REQUEST` prints the report.
import { readFileSync } from "node:fs";
import { initSync, measure } from "./thetahat_bench.js";

initSync({ module: readFileSync(new URL("thetahat_bench_bg.wasm", import.meta.url)) });
console.log(measure(process.argv[2]));
