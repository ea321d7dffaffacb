import { faultSchema, type Fault, type FaultEndpoint, type GivenFault } from './faults';
import { randomFault, type RandomFaults } from './random-faults';

/** One that is still to come: how many calls pass before it, and until when it lasts. */
interface Pending {
  fault: Fault;
  callsBefore: number;
  hitsLeft: number;
  untilMs: number | null;
}

/** The scripted faults that are still to come, oldest first. */
export class FaultScript {
  #pending: Pending[] = [];
  #random: { rule: RandomFaults; calls: number }[] = [];

  constructor(faults: readonly GivenFault[]) {
    for (const fault of faults) this.add(faultSchema.parse(fault));
  }

  add(fault: Fault): void {
    this.#pending.push({ fault, callsBefore: fault.nth - 1, hitsLeft: fault.times, untilMs: null });
  }

  addRandom(rule: RandomFaults): void {
    this.#random.push({ rule, calls: 0 });
  }

  clear(): void {
    this.#pending = [];
    this.#random = [];
  }

  /** The fault for this call of the endpoint, used up by it; null if it shall go well. */
  next(endpoint: FaultEndpoint, nowMs: number): Fault | null {
    this.#pending = this.#pending.filter(({ untilMs }) => untilMs === null || nowMs < untilMs);
    const here = this.#pending.filter(({ fault }) => fault.endpoint === endpoint);
    const hit = here.find(({ callsBefore }) => callsBefore === 0);
    for (const one of here) if (one.callsBefore > 0) one.callsBefore -= 1;
    if (hit === undefined) return this.#randomly(endpoint);
    this.#use(hit, nowMs);
    return hit.fault;
  }

  /** A silence lasts for its time, whatever number of calls fall into it. */
  #use(hit: Pending, nowMs: number): void {
    if (hit.fault.kind === 'silence') hit.untilMs ??= nowMs + (hit.fault.forMs ?? HOUR_MS);
    else hit.hitsLeft -= 1;
    if (hit.hitsLeft === 0) this.#pending = this.#pending.filter((one) => one !== hit);
  }

  #randomly(endpoint: FaultEndpoint): Fault | null {
    for (const one of this.#random) {
      if (one.rule.endpoint !== endpoint) continue;
      one.calls += 1;
      const fault = randomFault(one.rule, one.calls);
      if (fault !== null) return fault;
    }
    return null;
  }
}

const HOUR_MS = 3_600_000;
