/** When each kind of call came, to count those of a window afterwards. */
export class CallTimes {
  /** @type {Map<string, number[]>} */
  #byKind = new Map();

  /**
   * @param {string} kind
   * @param {number} nowMs
   */
  add(kind, nowMs) {
    const times = this.#byKind.get(kind) ?? [];
    times.push(nowMs);
    this.#byKind.set(kind, times);
  }

  /**
   * @param {number} fromMs
   * @param {number} toMs
   * @returns {Record<string, number>}
   */
  counts(fromMs, toMs) {
    const inWindow = (/** @type {number} */ atMs) => atMs >= fromMs && atMs < toMs;
    return Object.fromEntries(
      [...this.#byKind].map(([kind, times]) => [kind, times.filter(inWindow).length]),
    );
  }
}
