import type { RequestTo } from '../../contract/request';

/** https://api.tryitonai.com/api-reference/model/post-train-model: an uploaded style is deleted after 24 h. */
const STYLE_FOR_MS = 24 * 3_600_000;

/** The instant after which an uploaded style of the request is gone; null where it has none. */
export function styleExpiresAtMs(request: RequestTo<'tryiton'>): number | null {
  const uploaded = uploadedStyles(request).map(({ uploadedAt }) => Date.parse(uploadedAt));
  return uploaded.length === 0 ? null : Math.min(...uploaded) + STYLE_FOR_MS;
}

/** A sentence about the first uploaded style that is too old; null where all can be used. */
export function expiredStyle(request: RequestTo<'tryiton'>, nowMs: number): string | null {
  const expired = uploadedStyles(request).find(
    ({ uploadedAt }) => Date.parse(uploadedAt) + STYLE_FOR_MS <= nowMs,
  );
  if (expired === undefined) return null;
  return `the style ${expired.key} was uploaded at ${expired.uploadedAt}, and its key is good for 24 h; upload the style again`;
}

function uploadedStyles({ options }: RequestTo<'tryiton'>) {
  return options.styles.filter((style) => typeof style !== 'string');
}
