import type { VNode } from 'preact';
import { assertNever } from '../../../contract/assert-never';
import { isEndState } from '../../../contract/state';
import { describeDuration } from '../../../duration';
import type { TimelineEntry } from '../../../client';
import { Clock } from './clock';
import type { PartProps } from './training';

/** What it went through, and how long each took. */
export function TimelineView({ seen: { timeline } }: PartProps): VNode {
  return (
    <section id="timeline" aria-labelledby="timeline-title">
      <h2 id="timeline-title">Timeline</h2>
      <ol class="timeline">
        {timeline.map((entry, index) => (
          <li>
            <Clock at={entry.at} to="second" /> <b>{what(entry)}</b>{' '}
            <span class="soft">{lasted(entry, timeline[index + 1])}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function what(entry: TimelineEntry): string {
  switch (entry.what) {
    case 'state':
      return entry.state;
    case 'decided':
      return 'a person decided';
    case 'terminated':
      return 'terminated in Temporal';
    default:
      return assertNever(entry);
  }
}

/** The last one goes on: how long is not for a page that was written once. */
function lasted(entry: TimelineEntry, next: TimelineEntry | undefined): string {
  if (next !== undefined) return describeDuration(next.at.getTime() - entry.at.getTime());
  return entry.what === 'state' && !isEndState(entry.state) ? 'now' : '';
}
