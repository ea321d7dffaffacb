/** A worker that dies is noticed within this time. Beats come every 3 s. */
export const HEARTBEAT = '10s';

/** A cancel and the deadline do not wait for these to notice: they may be cut off anywhere. */
export const AT_ONCE = { cancellationType: 'TRY_CANCEL' } as const;
