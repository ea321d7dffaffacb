/** Apart, because the help must not load what a command needs. */
export const DECISIONS = ['adopt', 'retry', 'abandon'] as const;
