import { exchange, newAgent, send, type HttpCall, type HttpResult } from './http';

/**
 * Sends calls that change nothing, over connections that stay open between them: a watcher asks up to 80 times a second, and a TLS
 * handshake each time would cost more than the question. The other side may close one at any moment; a call that was lost with
 * it is sent once more, on a connection of its own. Never for a call that costs money.
 */
export function keptConnections(): (call: HttpCall) => Promise<HttpResult> {
  let current = newAgent({ pipelining: 1 });
  return async (call) => {
    const agent = current;
    let hasGivenUp = false;
    const result = await exchange(call, agent, () => {
      hasGivenUp = true;
      // With those beside it, which are sent once more.
      void agent.destroy();
      if (current === agent) current = newAgent({ pipelining: 1 });
    });
    return result.kind === 'lost' && !hasGivenUp ? send(call) : result;
  };
}
