import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Darkroom } from '../../client';
import { knownAccount, reloadKnown } from '../known-account';
import { accountListSchema, accountParams, accountSchema } from './account-schemas';
import { addCredits, type CreditsSetup } from './credits';
import { problems } from './problem-responses';
import { shownAccount } from './shown-account';

/** `/v1/accounts…`: accounts with limits, and what is on their ledgers. */
export function addAccounts(app: FastifyInstance, setup: CreditsSetup): void {
  addAccountReads(app, setup.darkroom);
  addReload(app, setup.darkroom);
  addCredits(app, setup);
}

const tags = ['accounts'];
const config = { scope: 'read' } as const;

function addAccountReads(app: FastifyInstance, darkroom: Darkroom): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  routes.get(
    '/accounts',
    {
      config,
      schema: {
        summary: 'List accounts with limits that trainings have asked for a place',
        description:
          'By provider and name. One that was asked for the first time may be missing for a second.',
        tags,
        response: { 200: accountListSchema, ...problems() },
      },
    },
    async () => ({ accounts: await darkroom.accounts() }),
  );
  routes.get(
    '/accounts/:provider/:account',
    {
      config,
      schema: {
        summary: 'One account: slots, who waits and why, credits',
        tags,
        params: accountParams,
        response: { 200: accountSchema, ...problems('not-found', 'no-worker') },
      },
    },
    async ({ params }) => shownAccount(await knownAccount(darkroom, params), Date.now()),
  );
}

function addReload(app: FastifyInstance, darkroom: Darkroom): void {
  app.withTypeProvider<ZodTypeProvider>().post(
    '/accounts/:provider/:account/reload',
    {
      config: { scope: 'start' },
      schema: {
        summary: 'Obey a changed accounts.yaml now instead of within a minute',
        description:
          'Asked for here, done by a worker: `limits` and `problem` of the account say what came of it.',
        tags,
        params: accountParams,
        response: { 202: z.null().describe('Asked for.'), ...problems('not-found') },
      },
    },
    async ({ params }, reply) => {
      await reloadKnown(darkroom, params);
      return reply.code(202).send(null);
    },
  );
}
