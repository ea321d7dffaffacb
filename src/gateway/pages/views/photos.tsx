import type { VNode } from 'preact';
import type { PhotoVerdict } from '../../../contract/photo';
import { REASON_SENTENCES } from '../../../photos/reason-sentences';
import { printable } from '../../../printable';
import type { TrainStatus } from '../../../client';
import type { PartProps } from './training';

/** What became of each photo. */
export function PhotosView({ seen: { id, status } }: PartProps): VNode {
  return (
    <section id="photos" aria-labelledby="photos-title">
      <h2 id="photos-title">Photos</h2>
      {status !== null && <Photos id={id} status={status} />}
    </section>
  );
}

function Photos({
  id,
  status: { photos, photoCount, photosDone, photoSummary },
}: {
  id: string;
  status: TrainStatus;
}) {
  if (photos.length === 0)
    return (
      <p>
        {photosDone === null
          ? `${photoCount} are asked for.`
          : `${photosDone} of ${photoCount} are looked at.`}
      </p>
    );
  return (
    <>
      {photoSummary !== null && (
        <>
          <p>{printable(photoSummary.advice)}</p>
          {photoSummary.notices.map((notice) => (
            <p class="trouble">{printable(notice)}</p>
          ))}
          {photoSummary.creditsSaved > 0 && (
            <p>{photoSummary.creditsSaved} credits saved, for photos that a gate rejected.</p>
          )}
          <p>
            <a id="to-report" href={`/trainings/${encodeURIComponent(id)}/report`}>
              See each photo beside what became of it
            </a>
          </p>
        </>
      )}
      <ol class="photos">
        {worstFirst(photos).map(({ number, photo }) => (
          <li>
            {number}. <span class={`verdict ${photo.verdict}`}>{photo.verdict}</span> {printable(photo.photo)}
            {photo.reasons.map((reason) => (
              <span class="soft">{REASON_SENTENCES[reason]}</span>
            ))}
            {photo.twin !== undefined && <span class="soft">The other one: {printable(photo.twin)}</span>}
          </li>
        ))}
      </ol>
    </>
  );
}

const ORDER: readonly PhotoVerdict['verdict'][] = ['rejected', 'warned', 'accepted'];

/** Those that a person can do something about are not to be looked for. */
function worstFirst(photos: readonly PhotoVerdict[]): { number: number; photo: PhotoVerdict }[] {
  return photos
    .map((photo, index) => ({ number: index + 1, photo }))
    .sort((a, b) => ORDER.indexOf(a.photo.verdict) - ORDER.indexOf(b.photo.verdict));
}
