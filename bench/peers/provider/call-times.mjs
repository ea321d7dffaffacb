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

  /**
   * Of any kind, in the busiest of the seconds.
   *
   * @param {number} fromMs
   * @param {number} toMs
   */
  mostInASecond(fromMs, toMs) {
    /** @type {Map<number, number>} */
    const bySecond = new Map();
    for (const atMs of [...this.#byKind.values()].flat())
      if (atMs >= fromMs && atMs < toMs) {
        const second = Math.floor((atMs - fromMs) / 1000);
        bySecond.set(second, (bySecond.get(second) ?? 0) + 1);
      }
    return Math.max(0, ...bySecond.values());
  }
}
