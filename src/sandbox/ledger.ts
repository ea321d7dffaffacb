import { z } from 'zod';
import { emptyTryitonLedger, tryitonLedgerSchema, type TryitonLedger } from './tryiton/model-ledger';

/** Unix milliseconds everywhere. Nothing of a photo is kept but how many there were. */
const uploadSchema = z.strictObject({
  taskId: z.string(),
  atMs: z.number(),
  images: z.number(),
  credits: z.number(),
  readyAtMs: z.number(),
  expiresAtMs: z.number(),
  fails: z.boolean(),
});
const submissionSchema = z.strictObject({
  taskId: z.string(),
  atMs: z.number(),
  uploadTaskId: z.string(),
  images: z.number(),
  credits: z.number(),
  triggerWord: z.string(),
  finishedAtMs: z.number(),
  fails: z.boolean(),
  /** Says `failed` and `retrying` before it goes on. */
  retries: z.boolean().optional(),
});
const ledgerSchema = z.strictObject({
  startingCredits: z.number(),
  uploads: z.array(uploadSchema),
  submissions: z.array(submissionSchema),
  tryiton: tryitonLedgerSchema.default(emptyTryitonLedger),
});

export type LedgerState = z.infer<typeof ledgerSchema>;
export type Upload = LedgerState['uploads'][number];
export type Submission = LedgerState['submissions'][number];

/** What the provider knows and what it charged: the judge of whether a training was paid once. */
export class Ledger {
  /** Thousands may be asked for every few seconds. */
  private readonly byTaskId: Map<string, Submission>;

  constructor(
    readonly state: LedgerState,
    private readonly onChange: (state: LedgerState) => void = () => undefined,
  ) {
    this.byTaskId = new Map(state.submissions.map((submission) => [submission.taskId, submission]));
  }

  static empty(startingCredits: number): LedgerState {
    return { startingCredits, uploads: [], submissions: [], tryiton: emptyTryitonLedger() };
  }

  static parse(json: string): LedgerState {
    return ledgerSchema.parse(JSON.parse(json));
  }

  get creditsSpent(): number {
    return [...this.state.uploads, ...this.state.submissions].reduce((sum, { credits }) => sum + credits, 0);
  }

  get creditsLeft(): number {
    return this.state.startingCredits - this.creditsSpent;
  }

  recordUpload(upload: Upload): void {
    this.state.uploads.push(upload);
    this.onChange(this.state);
  }

  recordSubmission(submission: Submission): void {
    this.state.submissions.push(submission);
    this.byTaskId.set(submission.taskId, submission);
    this.onChange(this.state);
  }

  changeTryiton(change: (state: TryitonLedger) => unknown): void {
    change(this.state.tryiton);
    this.onChange(this.state);
  }

  upload(taskId: string): Upload | null {
    return this.state.uploads.find((upload) => upload.taskId === taskId) ?? null;
  }

  submission(taskId: string): Submission | null {
    return this.byTaskId.get(taskId) ?? null;
  }
}
