const LOOK_AT_BYTES = 4096;

/**
 * Is this XML whose outermost element is `<svg>`? A web page with a drawing in it is not: there `<html>` comes first.
 * Comments go before the look, because an editor's comment may hold other tags.
 */
export function isSvg(bytes: Buffer): boolean {
  const text = bytes
    .toString('utf8', 0, LOOK_AT_BYTES)
    .replace(/^\uFEFF?\s*/, '')
    .replace(/<!--[^]*?-->/g, '');
  if (!text.startsWith('<')) return false;
  const outermost = /<([a-z][\w.:-]*)/i.exec(text)?.[1];
  return outermost !== undefined && /^(\w+:)?svg$/i.test(outermost);
}
