import type { IncomingHttpHeaders } from 'node:http';

/**
 * Does a request that changes something come from a page of ours, or from no browser at all? Any other page could make a
 * person's browser send it. https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Site
 */
export function isFromOurPages({ host, origin, 'sec-fetch-site': site }: IncomingHttpHeaders): boolean {
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  // Browsers send one of the two with every POST; over http to another machine only this one.
  return origin === undefined || originOf(origin)?.host === host;
}

/** Asked for by a script of another site, which is told nothing of the answer but could take up what there is little of. */
export function isForScriptOfOthers(headers: IncomingHttpHeaders): boolean {
  return headers['sec-fetch-site'] === 'cross-site' && headers['sec-fetch-mode'] !== 'navigate';
}

const LOOPBACK_NAME = /^(localhost|[a-z0-9.-]+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Was it sent to this machine by a name of it? Elsewhere the name of a page's own server can lead to 127.0.0.1 a minute later,
 * and the page then reads and writes here as if it were ours.
 */
export function isToThisMachine({ host = '' }: IncomingHttpHeaders): boolean {
  return LOOPBACK_NAME.test(originOf(`http://${host}`)?.hostname ?? '');
}

function originOf(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}
