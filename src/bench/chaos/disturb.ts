import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from './random';

/** What can be taken away while trainings run. */
export interface Targets {
  killWorker(which: number): Promise<void>;
  restartServer(): Promise<void>;
}

export interface Disturbances {
  kills: number;
  restarts: number;
}

/** SIGKILL of workers, and of the server, at random instants until the time is over. */
export async function disturb(
  targets: Targets,
  { random, workers, forMs }: { random: Random; workers: number; forMs: number },
): Promise<Disturbances> {
  const endMs = Date.now() + forMs;
  const done: Disturbances = { kills: 0, restarts: 0 };
  while (Date.now() < endMs) {
    await delay(random.between(300, 4000));
    if (random.chance(0.12)) {
      await targets.restartServer();
      done.restarts += 1;
    } else {
      await targets.killWorker(Math.floor(random.unit() * workers));
      done.kills += 1;
    }
  }
  return done;
}
