import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isForScriptOfOthers, isFromOurPages, isToThisMachine } from '../request-origin';
import { keyPresented, type ApiKey, type ApiScope } from './api-key';
import { ProblemError } from './problem';

/** Whose keys are asked for; `nobody` where the gateway is on a loopback address and none is configured. */
export type Access = { ask: 'nobody' } | { ask: 'keys'; keys: readonly ApiKey[] };

declare module 'fastify' {
  interface FastifyRequest {
    /** The name of the key, for limits and logs. */
    caller: string;
  }
  interface FastifyContextConfig {
    /** What a key must be allowed to do here. */
    scope?: ApiScope;
  }
}

const BEARER = /^Bearer ([\x21-\x7e]{1,200})$/i;

/** Before anything of a request is read: who asks, and may they? */
export function authenticate(app: FastifyInstance, access: Access): void {
  app.decorateRequest('caller', '');
  app.addHook('onRequest', (request, _reply, done) => {
    if (access.ask === 'nobody') admitThisMachine(request);
    else admit(request, access.keys);
    done();
  });
}

/** A page of somebody else, open in a browser on this machine, is not this machine. */
function admitThisMachine(request: FastifyRequest): void {
  const { headers, method } = request;
  const isSafe = method === 'GET' || method === 'HEAD';
  const isForeign = isForScriptOfOthers(headers) || (!isSafe && !isFromOurPages(headers));
  if (!isToThisMachine(headers) || isForeign)
    throw new ProblemError(
      'not-local',
      'Without keys only programs and pages of this machine are answered, by a name of it such as 127.0.0.1',
    );
  request.caller = request.ip;
}

function admit(request: FastifyRequest, keys: readonly ApiKey[]): void {
  const { scope } = request.routeOptions.config;
  const [, presented] = BEARER.exec(request.headers.authorization ?? '') ?? [];
  if (presented === undefined)
    throw new ProblemError('key-missing', 'Send an API key as "Authorization: Bearer KEY"');
  const key = keyPresented(keys, presented);
  if (key === null)
    throw new ProblemError('key-missing', 'This API key is not known; it may have been replaced');
  if (scope !== undefined && !key.scopes.includes(scope))
    throw new ProblemError(
      'scope-missing',
      `The key "${key.name}" has the scopes ${key.scopes.join(', ')}, and this needs ${scope}`,
    );
  request.caller = key.name;
}
