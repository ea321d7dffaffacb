import { isEndState } from '../contract/state';
import { followTraining } from './follow-training';
import { liveOutput } from './live-output';
import { withDarkroom, type HomeOption } from './reach';

/** `darkroom cancel ID`: asks, waits until it is so, and says what it still costs. */
export async function cancel(id: string, options: HomeOption): Promise<void> {
  await withDarkroom(options, async (darkroom) => {
    const before = await darkroom.status(id);
    if (isEndState(before.state)) {
      process.stdout.write(`${id} has ended already: ${before.line}\n`);
      return;
    }
    await darkroom.cancel(id);
    await darkroom.result(id);
    await followTraining(darkroom, id, liveOutput(process.stdout));
  });
}
