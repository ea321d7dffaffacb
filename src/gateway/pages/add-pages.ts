import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import type { FastifyInstance } from 'fastify';
import { validatorCompiler } from 'fastify-type-provider-zod';
import type { Access } from '../api/authenticate';
import { limitRequests } from '../api/limit-requests';
import { problemOf, retryAfterS } from '../api/problem';
import { problemOfError } from '../api/problem-of-error';
import type { Storage } from '../../storage/port';
import { addAccountPages } from './account-pages';
import { addAssets } from './assets';
import { addBatchPages } from './batch-pages';
import { addTrainingForms } from './change-training';
import { sendPage } from './send-page';
import { addSignIn } from './sign-in';
import { addTrainingPage, type TrainingPageSetup } from './training-page';
import { addTrainingsPage } from './trainings-page';
import { admitViewers } from './viewer';
import { ProblemView } from './views/problem';

export interface PagesSetup extends TrainingPageSetup {
  access: Access;
  requestsAMinute: number;
  /** Where the ledgers of accounts lie. */
  store: Storage;
  /** The first signs; all of them are taken. */
  sessionSecrets: readonly string[];
}

/** A form of ours has three fields. */
const MAX_FORM_BYTES = 16 * 1024;

/** Pages for people, over the same trainings and keys as the API: server-rendered, whole without scripts. */
export async function addPages(app: FastifyInstance, setup: PagesSetup): Promise<void> {
  app.setValidatorCompiler(validatorCompiler);
  await app.register(cookie);
  await app.register(formbody, { bodyLimit: MAX_FORM_BYTES });
  answerWithPages(app, setup.onError);
  admitViewers(app, setup);
  await limitRequests(app, {
    requestsAMinute: setup.requestsAMinute,
    words: 'Too many pages in a minute; wait a little',
  });
  addAssets(app);
  addSignIn(app, setup);
  addTrainingsPage(app, setup);
  addBatchPages(app, setup);
  addAccountPages(app, setup);
  addTrainingForms(app, setup.darkroom, addTrainingPage(app, setup));
}

function answerWithPages(app: FastifyInstance, onError: (error: unknown) => void): void {
  app.setErrorHandler((error, request, reply) => {
    const problem = problemOfError(error);
    onError(error);
    const after = retryAfterS(problem.code);
    if (after !== null) reply.header('retry-after', after);
    const said = problemOf(problem);
    return sendPage(reply, ProblemView({ problem: said, viewer: request.viewer }), said.status);
  });
}
