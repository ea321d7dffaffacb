import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { keyPresented } from '../api/api-key';
import type { Access } from '../api/authenticate';
import { isToThisMachine } from '../request-origin';
import { newSession, SESSION_MS } from './session';
import { sendPage } from './send-page';
import { SESSION_COOKIE, SIGN_IN } from './viewer';
import { SignInView } from './views/sign-in';

const UNKNOWN = 'This key is not known; it may have been replaced.';
const MAY_NOT_READ = 'This key may not read, so there would be nothing to see.';
const NOT_KEPT =
  'Your browser did not keep the sign-in: this page has to be reached over https, and cookies have to be allowed.';

/** Sign in by API key, and out. */
export function addSignIn(
  app: FastifyInstance,
  { access, sessionSecrets }: { access: Access; sessionSecrets: readonly string[] },
): void {
  const config = { isForEverybody: true };
  app.get<{ Querystring: Record<string, unknown> }>(SIGN_IN, { config }, ({ query, viewer }, reply) => {
    const to = wayBack(query['to']);
    if (viewer !== null) return reply.redirect(to, 303);
    // The redirect after a sign-in came here, so the cookie was not sent along.
    const notice = MARK.test(to) ? NOT_KEPT : null;
    return sendPage(reply, SignInView({ to: to.replace(MARK, ''), notice }));
  });
  app.post<{ Body: Record<string, unknown> | null }>(SIGN_IN, { config }, ({ body, headers }, reply) => {
    const to = wayBack(body?.['to']);
    const given = body?.['key'];
    const keys = access.ask === 'keys' ? access.keys : [];
    const key = typeof given === 'string' ? keyPresented(keys, given.trim()) : null;
    const refused = key === null ? UNKNOWN : key.scopes.includes('read') ? null : MAY_NOT_READ;
    const [secret] = sessionSecrets;
    if (key === null || refused !== null || secret === undefined)
      return sendPage(reply, SignInView({ to, notice: refused }), 401);
    return reply
      .setCookie(SESSION_COOKIE, newSession(key, { secret, nowMs: Date.now() }), {
        path: '/',
        httpOnly: true,
        sameSite: 'lax',
        secure: !isPlainHere(headers),
        maxAge: SESSION_MS / 1000,
      })
      .redirect(`${to}${to.includes('?') ? '&' : '?'}signed-in`, 303);
  });
  app.post('/sign-out', { config }, (_request, reply) =>
    reply.clearCookie(SESSION_COOKIE, { path: '/' }).redirect(SIGN_IN, 303),
  );
}

/** By it we know that somebody has just signed in. */
const MARK = /[?&]signed-in$/;

/** A browser keeps what is `Secure` on https alone; a proxy may have changed `Host`, but not where the form was. */
function isPlainHere({ host, origin }: IncomingHttpHeaders): boolean {
  if (origin === undefined) return isToThisMachine({ host });
  return origin.startsWith('http://') && isToThisMachine({ host: origin.slice('http://'.length) });
}

/** A path of ours, never the address of somebody else's page. */
function wayBack(to: unknown): string {
  return typeof to === 'string' && /^\/(?![/\\])[\x21-\x7e]{0,2000}$/.test(to) ? to : '/';
}
