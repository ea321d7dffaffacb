import type { FastifyReply } from 'fastify';
import { ledgerCsv } from '../accounts/ledger-csv';
import type { LedgerLine } from '../contract/account';
import type { AccountName } from './known-account';
import { safeName } from './safe-name';

/** The ledger itself, for a spreadsheet. */
export function sendLedger(
  reply: FastifyReply,
  { provider, account }: AccountName,
  lines: readonly LedgerLine[],
): FastifyReply {
  return reply
    .type('text/csv; charset=utf-8')
    .headers({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-disposition': `attachment; filename="ledger-${safeName(`${provider}-${account}`)}.csv"`,
    })
    .send(ledgerCsv(lines));
}
