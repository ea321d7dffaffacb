import { withDarkroom, type HomeOption } from './reach';

/** `darkroom adopt ID TRAINING` */
export async function adopt(id: string, trainingId: string, options: HomeOption): Promise<void> {
  await withDarkroom(options, async (darkroom) => {
    await darkroom.adopt(id, trainingId);
    process.stdout.write(`Waiting for ${trainingId} again, nothing is submitted: darkroom watch ${id}\n`);
  });
}
