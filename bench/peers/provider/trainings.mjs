import { percentile } from '../measure/percentile.mjs';

/**
 * @typedef {{
 *   id: string,
 *   atMs: number,
 *   endsAtMs: number,
 *   lastLookMs: number | null,
 *   latenessMs: number | null,
 * }} Training
 */

/** What was submitted, and when somebody looked: the one clock that every engine is measured with. */
export class Trainings {
  /** @type {Map<string, Training>} */
  #byId = new Map();
  /** @type {{ atMs: number, gapMs: number }[]} */
  #gaps = [];

  /**
   * @param {number} trainMs how long each takes at least
   * @param {number} spreadMs the most that one takes longer
   */
  constructor(trainMs, spreadMs) {
    this.trainMs = trainMs;
    this.spreadMs = spreadMs;
  }

  /** @param {number} nowMs */
  submit(nowMs) {
    const number = this.#byId.size + 1;
    const id = `t${number}`;
    const endsAtMs = nowMs + this.trainMs + Math.round(evenly(number) * this.spreadMs);
    const training = { id, atMs: nowMs, endsAtMs, lastLookMs: null, latenessMs: null };
    this.#byId.set(id, training);
    return training;
  }

  /**
   * Counts as a look at it.
   *
   * @param {string} id
   * @param {number} nowMs
   */
  look(id, nowMs) {
    const training = this.#byId.get(id);
    if (training === undefined) return null;
    if (training.lastLookMs !== null) this.#gaps.push({ atMs: nowMs, gapMs: nowMs - training.lastLookMs });
    training.lastLookMs = nowMs;
    if (nowMs >= training.endsAtMs) training.latenessMs ??= nowMs - training.endsAtMs;
    return training;
  }

  progress() {
    const all = [...this.#byId.values()];
    return {
      submitted: all.length,
      firstSubmittedMs: all[0]?.atMs ?? null,
      lastSubmittedMs: all.at(-1)?.atMs ?? null,
      firstEndMs: all.reduce((first, { endsAtMs }) => Math.min(first, endsAtMs), Infinity),
      lastEndMs: all.reduce((last, { endsAtMs }) => Math.max(last, endsAtMs), 0),
      endsSeen: all.filter(({ latenessMs }) => latenessMs !== null).length,
    };
  }

  /** When each was submitted: what was charged. */
  submissions() {
    return [...this.#byId.values()].map(({ atMs }) => atMs);
  }

  /**
   * Times between two looks at the same training, where the later one was in the window. The longest one counts also
   * what has not ended at its end: a training that nobody looks at has no gap, and should not seem well watched.
   *
   * @param {number} fromMs
   * @param {number} toMs
   */
  gaps(fromMs, toMs) {
    const closed = this.#gaps.filter(({ atMs }) => atMs >= fromMs && atMs < toMs).map(({ gapMs }) => gapMs);
    const open = [...this.#byId.values()]
      .filter(({ latenessMs }) => latenessMs === null)
      .map(({ atMs, lastLookMs }) => toMs - (lastLookMs ?? atMs));
    const longest = [...closed, ...open].reduce((most, gapMs) => Math.max(most, gapMs), 0);
    return {
      count: closed.length,
      p50Ms: percentile(closed, 0.5),
      p95Ms: percentile(closed, 0.95),
      longestMs: longest,
    };
  }

  /**
   * How many nobody has looked at since.
   *
   * @param {number} sinceMs
   */
  unseenSince(sinceMs) {
    return [...this.#byId.values()].filter(({ lastLookMs }) => (lastLookMs ?? 0) < sinceMs).length;
  }

  /** From the end of a training to the first look that saw it. */
  lateness() {
    const seen = [...this.#byId.values()].flatMap(({ latenessMs }) =>
      latenessMs === null ? [] : latenessMs,
    );
    return {
      seen: seen.length,
      p50Ms: percentile(seen, 0.5),
      p95Ms: percentile(seen, 0.95),
      longestMs: seen.reduce((most, ms) => Math.max(most, ms), 0),
    };
  }
}

/**
 * From 0 to 1, the same each time, and even for any number of them: multiples of the golden ratio.
 *
 * @param {number} number
 */
function evenly(number) {
  return (number * 0.618033988749895) % 1;
}
