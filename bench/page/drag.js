// Runs in the page itself: drives the slider that it is told through 200 positions, twice. `dragged` is what it saw,
// null until it is done.
//
// The first time it lets every position come to rest: `latencies` are the milliseconds from the input event, at the beginning of a frame, until
// the last of the large charts has been painted, and `first` counts the positions where that was before the next frame began, which then shows it.
// The second time it moves on with every frame, as a thumb does: `gaps` are the milliseconds between frames, `painted` counts the positions in
// whose frames some chart was painted. `longest` is the longest task of all, 0 if none took 50 ms.
const [name] = arguments;
const POSITIONS = 200;
const FRAMES_AT_REST = 4;

const slider = document.querySelector(`input[type=range][aria-label="${name}"]`);
const canvases = new Set(document.querySelectorAll("[role=img] canvas"));
const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
// A message that is posted in a task, or while a frame is made, is delivered after it.
const after = () =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve(performance.now());
    port2.postMessage(null);
  });

let painted = null;
const clear = CanvasRenderingContext2D.prototype.clearRect;
CanvasRenderingContext2D.prototype.clearRect = function (...args) {
  if (canvases.has(this.canvas)) painted = after();
  return clear.apply(this, args);
};

let longest = 0;
new PerformanceObserver((list) => {
  for (const task of list.getEntries()) longest = Math.max(longest, task.duration);
}).observe({ type: "longtask" });

const [low, high] = [Number(slider.min), Number(slider.max)];
// Moves the slider to a position and tells whether that is another one: at the turning points two may be the same.
const go = (i) => {
  const before = slider.value;
  // there and back, twice, in the middle of the track
  const part = 0.4 + 0.2 * Math.sin((4 * Math.PI * i) / POSITIONS);
  slider.value = low + (high - low) * part;
  slider.dispatchEvent(new Event("input", { bubbles: true }));
  return slider.value !== before;
};

globalThis.dragged = null;
(async () => {
  const latencies = [];
  let first = 0;
  for (let i = 1; i <= POSITIONS; i++) {
    await frame();
    painted = null;
    const started = performance.now();
    if (!go(i)) continue;
    let [last, next] = [null, null];
    for (let rest = 0; rest < FRAMES_AT_REST || last === null; rest++) {
      await frame();
      next ??= performance.now();
      await after();
      if (painted !== null) {
        [last, painted, rest] = [await painted, null, 0];
      }
      if (performance.now() - started > 2000) break;
    }
    latencies.push(last === null ? 2000 : last - started);
    if (last !== null && last <= next) first += 1;
  }
  const gaps = [];
  let moved = 0;
  let before = await frame();
  for (let i = 1; i <= POSITIONS; i++) {
    painted = null;
    go(i);
    const now = await frame();
    gaps.push(now - before);
    before = now;
    await after();
    if (painted !== null) moved += 1;
  }
  CanvasRenderingContext2D.prototype.clearRect = clear;
  await new Promise((resolve) => setTimeout(resolve, 200));
  globalThis.dragged = { latencies, first, gaps, painted: moved, longest };
})();
