import { activityInfo, cancellationSignal } from '@temporalio/activity';
import { fewAtATime } from '../callbacks/few-at-a-time';
import { postCallback, whyNotCalled, type CallbackOrder, type PostAnswer } from '../callbacks/post';
import { assertNever } from '../contract/assert-never';
import { again, neverAgain } from '../failures';
import { parseRetryAfterMs } from '../providers/retry-after';
import type { ActivityPorts } from './ports';

const GONE = 410;
/** As in `SEND_CALLBACK`: whoever asks for an earlier try than its own pause gets that pause. */
const FIRST_PAUSE_MS = 2000;
const LONGEST_PAUSE_MS = 3_600_000;
/** When others are in the way; by chance, or those who wait would meet again. */
const NEXT_TURN_MS = { least: 3000, most: 15_000 };

/** Tells whoever asked for it, once; Temporal tries again what was not taken. */
export function sendCallback({ callbacks }: Pick<ActivityPorts, 'callbacks'>) {
  const inTurn = fewAtATime();
  return async (order: CallbackOrder): Promise<void> => {
    const host = hostOf(order.url);
    // Another worker may have the secret, or the origin: while settings are rolled out, they differ.
    const why = whyNotCalled(order.url, callbacks);
    if (why !== null) throw again('CallbackNotAllowed', notCalled(host, why), null);
    const how = { nowMs: Date.now(), signal: cancellationSignal() };
    const answer = await inTurn(host, () => postCallback(order, callbacks, how));
    if (answer === null) throw again('CallbackFailed', `${host} waits for its turn`, nextTurnMs());
    const problem = problemOf(answer, host);
    if (problem !== null) throw problem;
  };
}

/** To be asked before a training costs anything. */
export function assertCallable(url: string, { callbacks }: Pick<ActivityPorts, 'callbacks'>): void {
  const why = whyNotCalled(url, callbacks);
  if (why !== null) throw neverAgain('CallbackNotAllowed', notCalled(hostOf(url), why));
}

/** Null where it was taken. Only the host is named: a path may hold somebody's secret. */
function problemOf(answer: PostAnswer, host: string): Error | null {
  switch (answer.kind) {
    case 'forbidden-address':
      return again(
        'CallbackNotAllowed',
        `${host} leads to no address on the internet, and is not in DARKROOM_CALLBACK_ORIGINS`,
        null,
      );
    case 'failed':
      return again('CallbackFailed', `${host} cannot be reached (${answer.words})`, null);
    case 'answer': {
      const { status, retryAfter } = answer;
      if (status >= 200 && status < 300) return null;
      if (status === GONE) return neverAgain('CallbackFailed', `${host} wants no more callbacks (HTTP 410)`);
      const afterMs = parseRetryAfterMs(retryAfter ?? undefined, Date.now());
      return again(
        'CallbackFailed',
        `${host} answers HTTP ${status}, and has to answer 2xx`,
        pauseMs(afterMs),
      );
    }
    default:
      return assertNever(answer);
  }
}

/** A receiver may ask for more patience, and not for less: "in a second", again and again, would be a post a second for a day. */
function pauseMs(askedMs: number | null): number | null {
  if (askedMs === null) return null;
  const ownMs = Math.min(FIRST_PAUSE_MS * 2 ** (activityInfo().attempt - 1), LONGEST_PAUSE_MS);
  return Math.max(askedMs, ownMs);
}

function nextTurnMs(): number {
  const { least, most } = NEXT_TURN_MS;
  return Math.round(least + Math.random() * (most - least));
}

function notCalled(host: string, why: string): string {
  return `${host} cannot be called back: ${why}`;
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'what is no URL';
}
