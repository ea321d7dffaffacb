import type { FastifyInstance } from 'fastify';
import { askedDays } from '../../accounts/asked-days';
import type { Darkroom } from '../../client';
import type { Storage } from '../../storage/port';
import type { TemporalUi } from '../../temporal-ui';
import { accountParams } from '../api/account-schemas';
import { reloadKnown, type AccountName } from '../known-account';
import { readLedger } from '../read-ledger';
import { sendLedger } from '../send-ledger';
import { seeAccount, seeAccounts } from './see-account';
import { sendPage } from './send-page';
import { viewerOf } from './viewer';
import { AccountView } from './views/account';
import { AccountsView } from './views/accounts';
import { accountAddress } from './account-address';

interface AccountPagesSetup {
  darkroom: Darkroom;
  store: Storage;
  temporalUi: TemporalUi | null;
}

type One = { Params: AccountName; Querystring: Record<string, unknown> };

/** `GET /accounts` and what is below it: who has which slots and credits, who waits, and the ledger. */
export function addAccountPages(
  app: FastifyInstance,
  { darkroom, store, temporalUi }: AccountPagesSetup,
): void {
  const config = { scope: 'read' } as const;
  const schema = { params: accountParams };
  const one = '/accounts/:provider/:account';
  app.get('/accounts', { config }, async (request, reply) =>
    sendPage(reply, AccountsView({ ...(await seeAccounts(darkroom)), viewer: viewerOf(request) })),
  );
  app.get<One>(one, { config, schema }, async (request, reply) => {
    const seen = await seeAccount(darkroom, store, request.params);
    const isReloaded = request.query['asked'] === 'reload';
    return sendPage(reply, AccountView({ seen, viewer: viewerOf(request), temporalUi, isReloaded }));
  });
  app.get<One>(`${one}/ledger`, { config, schema }, async ({ params }, reply) => {
    const days = askedDays({}, { nowMs: Date.now(), nameOf: (which) => which });
    return sendLedger(reply, params, await readLedger(store, params, days));
  });
  // Where a refusal was read again: its address is that of the form.
  app.get<One>(`${one}/reload`, { config, schema }, ({ params }, reply) =>
    reply.redirect(accountAddress(params), 303),
  );
  app.post<One>(`${one}/reload`, { config: { scope: 'start' }, schema }, async ({ params }, reply) => {
    await reloadKnown(darkroom, params);
    return reply.redirect(`${accountAddress(params)}?asked=reload`, 303);
  });
}
