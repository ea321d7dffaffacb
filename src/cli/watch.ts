import { exitOfTraining } from './exit-of-training';
import { followTraining } from './follow-training';
import { liveOutput } from './live-output';
import { withReportFile } from './local-report';
import { withDarkroom, type HomeOption } from './reach';
import { trainingJson, trainingReport } from './training-report';

/** `darkroom watch ID` */
export async function watch(id: string, { json, ...options }: HomeOption & { json?: true }): Promise<void> {
  await withDarkroom(options, async (darkroom, { storeDir }) => {
    const output = liveOutput(json === true ? process.stderr : process.stdout);
    const status = withReportFile(await followTraining(darkroom, id, output), storeDir);
    const lines =
      json === true ? [JSON.stringify(trainingJson(status, status.photos), null, 2)] : trainingReport(status);
    process.stdout.write(`${lines.join('\n')}\n`);
    process.exitCode = exitOfTraining(status);
  });
}
