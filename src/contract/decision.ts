/** What a person answers about a submission whose outcome stays unknown: the argument of the update `decide`. */
export type Decision =
  /** It has started, under this id at the provider. */
  | { decision: 'adopt'; trainingId: string }
  /** Submit again. If the first one has started, it is paid twice, so this must be said. */
  | { decision: 'retry'; acceptSecondCharge: true }
  /** Give it up; it may have been charged. */
  | { decision: 'abandon' };
