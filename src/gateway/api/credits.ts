import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { askedDays } from '../../accounts/asked-days';
import { sumLedger, unexplained } from '../../accounts/sum-ledger';
import type { Darkroom } from '../../client';
import { accountWorkflowId } from '../../contract/account';
import type { Storage } from '../../storage/port';
import type { AccountName } from '../known-account';
import { readLedger } from '../read-ledger';
import { sendLedger } from '../send-ledger';
import { soon } from '../soon';
import { acceptedFormat } from './accepted-format';
import { accountParams, creditsQuerySchema, creditsSchema, CREDITS_FORMATS } from './account-schemas';
import { problems } from './problem-responses';
import { shownCredits } from './shown-account';

export interface CreditsSetup {
  darkroom: Darkroom;
  /** Where the ledgers lie. */
  store: Storage;
}

/** `GET /v1/accounts/PROVIDER/ACCOUNT/credits`: the ledger summed up, or itself as CSV. */
export function addCredits(app: FastifyInstance, { darkroom, store }: CreditsSetup): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    '/accounts/:provider/:account/credits',
    {
      config: { scope: 'read' },
      schema: {
        summary: 'What the ledger of an account comes to, or the ledger itself as CSV',
        description:
          'An account has a ledger from the day on which `accounts.yaml` names it; without one there are no sums.',
        tags: ['accounts'],
        params: accountParams,
        querystring: creditsQuerySchema,
        response: {
          200: {
            description: 'The sums, or a line for each reservation, charge and refund.',
            content: { 'application/json': { schema: creditsSchema }, 'text/csv': { schema: z.string() } },
          },
          ...problems('store-away'),
        },
      },
    },
    async ({ params, query, headers }, reply) => {
      const days = askedDays(query, { nowMs: Date.now(), nameOf: (which) => which });
      const lines = await readLedger(store, params, days);
      if ((query.format ?? acceptedFormat(CREDITS_FORMATS, headers.accept)) === 'csv')
        return sendLedger(reply, params, lines);
      const sums = sumLedger(lines, query.by, params.account);
      const planned = await plannedNow(darkroom, params);
      return reply.send(shownCredits({ sums, difference: unexplained(lines), planned }));
    },
  );
}

/** The ledger is what was asked for, and does not need a worker. */
async function plannedNow(darkroom: Darkroom, { provider, account }: AccountName): Promise<number | null> {
  const id = accountWorkflowId(provider, account);
  const status = await soon(id, darkroom.account(provider, account)).catch(() => null);
  return status?.credits.planned ?? null;
}
