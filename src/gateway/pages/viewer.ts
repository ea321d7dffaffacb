import type { FastifyInstance, FastifyRequest } from 'fastify';
import { API_SCOPES, type ApiScope } from '../api/api-key';
import type { Access } from '../api/authenticate';
import { ProblemError } from '../api/problem';
import { isForScriptOfOthers, isFromOurPages, isToThisMachine } from '../request-origin';
import { keyOfSession } from './session';

/** Who looks at the pages, and what they may do. */
export interface Viewer {
  name: string;
  scopes: readonly ApiScope[];
  /** False where no keys are asked for. */
  isSignedIn: boolean;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Null where nobody has signed in. */
    viewer: Viewer | null;
  }
  interface FastifyContextConfig {
    /** Whoever has no key may come here too. */
    isForEverybody?: boolean;
  }
}

/** A stream is opened again after that, by whoever still may. */
export const STREAM_MS = 15 * 60_000;

export const SESSION_COOKIE = 'darkroom-session';
export const SIGN_IN = '/sign-in';

/** Before anything of a request is read: who looks? Strangers are led to the page where they say it. */
export function admitViewers(
  app: FastifyInstance,
  { access, sessionSecrets }: { access: Access; sessionSecrets: readonly string[] },
): void {
  app.decorateRequest('caller', '');
  app.decorateRequest('viewer', null);
  app.addHook('onRequest', async (request, reply) => {
    const { method, headers, routeOptions, url } = request;
    if (access.ask === 'nobody' && !isToThisMachine(headers))
      throw new ProblemError('not-local', 'Without keys this page is for the machine that it runs on');
    if ((method === 'POST' && !isFromOurPages(headers)) || isForScriptOfOthers(headers))
      throw new ProblemError('foreign-page', 'This was sent by a page of somebody else; nothing was done');
    request.viewer = access.ask === 'nobody' ? everybody(request) : signedIn(request, access, sessionSecrets);
    request.caller = request.viewer?.name ?? request.ip;
    if (routeOptions.config.isForEverybody === true) return;
    if (request.viewer === null) {
      // A script could do nothing with the page where one signs in.
      if (headers.accept === 'text/event-stream') throw new ProblemError('key-missing', 'Sign in again');
      const to = method === 'GET' ? `?to=${encodeURIComponent(url)}` : '';
      return reply.redirect(`${SIGN_IN}${to}`, 303);
    }
    const { scope } = routeOptions.config;
    if (scope !== undefined && !request.viewer.scopes.includes(scope))
      throw new ProblemError('scope-missing', `The key "${request.viewer.name}" has no scope ${scope}`);
  });
}

function everybody({ ip }: FastifyRequest): Viewer {
  return { name: ip, scopes: API_SCOPES, isSignedIn: false };
}

function signedIn(
  { cookies }: FastifyRequest,
  { keys }: Extract<Access, { ask: 'keys' }>,
  secrets: readonly string[],
): Viewer | null {
  const session = cookies[SESSION_COOKIE];
  const key = session === undefined ? null : keyOfSession(session, { keys, secrets, nowMs: Date.now() });
  return key === null ? null : { name: key.name, scopes: key.scopes, isSignedIn: true };
}

/** Of a route that strangers do not reach. */
export function viewerOf({ viewer }: FastifyRequest): Viewer {
  if (viewer === null) throw new TypeError('a page for everybody has no viewer');
  return viewer;
}
