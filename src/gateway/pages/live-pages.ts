import type { Darkroom, TrainStatus } from '../../client';
import { briefly } from './briefly';
import { partOf, type Part } from './send-page';
import type { Viewer } from './viewer';
import { PARTS } from './views/training';

/** Longer than it takes all who look to hear of the same news. */
const TIMELINE_FOR_MS = 10_000;

interface News {
  status: TrainStatus;
}

/** The parts of a training's page as they are after some news: made once for all who may do the same. */
export function livePages(darkroom: Darkroom) {
  const made = new WeakMap<News, Map<string, Promise<Part[]>>>();
  // It grows where the state changes.
  const timeline = briefly(TIMELINE_FOR_MS, (state) => darkroom.timeline(state.split(' ', 1).join('')));

  return function partsOf(news: News, { id, viewer }: { id: string; viewer: Viewer }): Promise<Part[]> {
    const byScopes = made.get(news) ?? new Map<string, Promise<Part[]>>();
    made.set(news, byScopes);
    const scopes = viewer.scopes.join();
    const known = byScopes.get(scopes);
    if (known !== undefined) return known;
    const parts = makeParts(news.status, { id, viewer });
    byScopes.set(scopes, parts);
    return parts;
  };

  async function makeParts(
    status: TrainStatus,
    { id, viewer }: { id: string; viewer: Viewer },
  ): Promise<Part[]> {
    const seen = {
      id,
      status,
      trouble: null,
      listed: null,
      timeline: await timeline(`${id} ${status.state} ${status.submissions}`),
    };
    return PARTS.map((part) => partOf(part.id, part.View({ seen, viewer })));
  }
}
