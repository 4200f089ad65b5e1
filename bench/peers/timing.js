// Repeats a training.

/** Milliseconds from which on a training is a slow one. */
const SLOW = 2000;

/**
 * The milliseconds of this many trainings after four to warm up, or, where one takes longer than two seconds, of `slow` trainings after two; and the losses
 * and parameters that the first one gave.
 */
export function measure(train, repetitions, slow) {
  const time = () => {
    const started = performance.now();
    train();
    return performance.now() - started;
  };
  const { losses, params } = train();
  const isSlow = time() > SLOW;
  if (!isSlow) {
    time();
    time();
  }
  const milliseconds = Array.from({ length: isSlow ? slow : repetitions }, time);
  return { milliseconds, losses: Array.from(losses), params: Array.from(params) };
}
