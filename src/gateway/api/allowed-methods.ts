import type { FastifyInstance } from 'fastify';
import { ProblemError } from './problem';

/** Answers 405 where an address is there and the method is not; to be called before any route is added. */
export function refuseOtherMethods(app: FastifyInstance): void {
  const routes: { pattern: RegExp; methods: string[] }[] = [];
  app.addHook('onRoute', ({ url, method }) => {
    const pattern = new RegExp(`^${url.replaceAll(/:[a-z]+/g, '[^/]+')}$`);
    routes.push({ pattern, methods: [method].flat() });
  });
  app.addHook('onRequest', ({ url, method }, reply, done) => {
    const [path = ''] = url.split('?');
    const allowed = routes.filter(({ pattern }) => pattern.test(path)).flatMap(({ methods }) => methods);
    if (allowed.length === 0 || allowed.includes(method)) {
      done();
      return;
    }
    void reply.header('allow', [...new Set(allowed)].join(', '));
    done(new ProblemError('wrong-method', `${method} means nothing here; ${allowed.join(' and ')} do`));
  });
}
