/** Drawn test pictures show no face, and most tests are about something else: no gate looks at them. */
export const ANY_PICTURE = { DARKROOM_GATES: 'all=off' };
