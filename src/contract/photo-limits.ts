/** Photos in one request. 100 references with their verdicts stay far below Temporal's 512 KB payload warning. */
export const MAX_PHOTOS_PER_REQUEST = 100;
