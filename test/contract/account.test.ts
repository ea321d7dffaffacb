import { accountOfWorkflow, accountWorkflowId } from '../../src/contract/account';

describe('the id of the gate of an account', () => {
  it.each(['default', 'a-b', 'tryiton-x', 'a/b <c>'])('says whose it is: %s', (account) => {
    for (const provider of ['apiframe', 'tryiton'] as const)
      expect(accountOfWorkflow(accountWorkflowId(provider, account))).toEqual({ provider, account });
  });

  it.each(['darkroom-account-apiframe-', 'darkroom-account-nobody-default', 'apiframe-default', ''])(
    '%j is none',
    (id) => {
      expect(accountOfWorkflow(id)).toBeNull();
    },
  );
});
