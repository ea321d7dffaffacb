import http2 from 'node:http2';
import * as restate from '@restatedev/restate-sdk';
import { EVERY_MS, isFinished, submit } from '../../support/call-provider.mjs';
import { READY } from '../../support/worker-process.mjs';

/** Durable steps and timers: https://docs.restate.dev/foundations/actions */
const train = restate.workflow({
  name: 'train',
  handlers: {
    run: async (/** @type {restate.WorkflowContext} */ ctx) => {
      const trainingId = await ctx.run('submit', () => submit());
      do await ctx.sleep({ milliseconds: EVERY_MS });
      while (!(await ctx.run('fetch', () => isFinished(trainingId))));
      return trainingId;
    },
  },
});

/** What `restate.serve` does, which would listen on every interface. */
http2
  .createServer(restate.createEndpointHandler({ services: [train] }))
  .listen(Number(process.env['PORT']), '127.0.0.1', () => console.log(READY));
