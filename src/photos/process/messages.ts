import type { Crop } from '../../contract/gates';
import type { LocatedFile } from '../../contract/located-file';
import type { PhotoReason } from '../../contract/photo';
import type { Examined } from '../examine';

export interface Look {
  crop: Crop;
  isLookingForFaces: boolean;
}

/** To a photo process. Each is answered by one message, in order. */
export type Order =
  /** Read the file whole and keep it: what is hashed is what will be decoded. */
  { order: 'open'; file: LocatedFile } | { order: 'examine'; look: Look };

/** From a photo process. */
export type Answer =
  | { answer: 'ready'; recipe: string }
  | { answer: 'opened'; contentHash: string }
  | { answer: 'not-opened'; reason: PhotoReason }
  | { answer: 'not-read'; code: string }
  /**
   * `cpuMs`: processor time of the whole process since the file was opened. `memoryBytes`: what it holds now, and asking
   * it is cheaper than asking the system.
   */
  | {
      answer: 'examined';
      examined: Examined;
      facesUnavailable: string | null;
      cpuMs: number;
      memoryBytes: number;
    }
  /** The photo brought up a fault of ours. */
  | { answer: 'failed'; words: string };
