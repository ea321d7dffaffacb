import type { Decision } from '../client';
import type { DECISIONS } from './decisions';
import { InputError } from './input-error';
import { withDarkroom, type HomeOption } from './reach';

interface DecideOptions extends HomeOption {
  acceptSecondCharge?: true;
}

/** `darkroom decide ID adopt TRAINING | retry --accept-second-charge | abandon` */
export async function decide(
  id: string,
  decision: (typeof DECISIONS)[number],
  trainingId: string | undefined,
  { acceptSecondCharge, ...options }: DecideOptions,
): Promise<void> {
  const given = decisionFrom(decision, trainingId, acceptSecondCharge === true);
  await withDarkroom(options, async (darkroom) => {
    await darkroom.decide(id, given);
    process.stdout.write(`${SAID[decision]}: darkroom watch ${id}\n`);
  });
}

const SAID = {
  adopt: 'Adopted, and waited for',
  retry: 'Submitted again, as a new attempt',
  abandon: 'Given up; it may have been charged',
} as const;

function decisionFrom(
  decision: (typeof DECISIONS)[number],
  trainingId: string | undefined,
  accepts: boolean,
): Decision {
  if (decision !== 'adopt' && trainingId !== undefined)
    throw new InputError(`${decision} takes no training id, received "${trainingId}"`);
  switch (decision) {
    case 'adopt':
      if (trainingId !== undefined) return { decision, trainingId };
      throw new InputError(
        'adopt needs the id of the training at the provider: darkroom decide ID adopt TRAINING',
      );
    case 'retry':
      if (accepts) return { decision, acceptSecondCharge: true };
      throw new InputError(
        'retry submits again, and if the first submission has started, both are charged; say so with --accept-second-charge',
      );
    case 'abandon':
      return { decision };
  }
}
