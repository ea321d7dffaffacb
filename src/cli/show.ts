import { withReportFile } from './local-report';
import { withDarkroom, type HomeOption } from './reach';
import { photoReport, trainingReport } from './training-report';
import { isEndState } from '../contract/state';
import type { TrainStatus } from '../contract/status';

/** `darkroom show ID` */
export async function show(id: string, { json, ...options }: HomeOption & { json?: true }): Promise<void> {
  await withDarkroom(options, async (darkroom, { storeDir }) => {
    const status = withReportFile(await darkroom.status(id), storeDir);
    const isSettled = isEndState(status.state) || status.state === 'needs-decision';
    const lines =
      json === true
        ? [JSON.stringify(status, null, 2)]
        : [
            `${status.id}: ${status.state}`,
            ...(isSettled ? trainingReport(status) : [`  ${status.line}`]),
            ...(isSettled ? [] : instantsOf(status)),
            ...photoReport(status.photos),
          ];
    process.stdout.write(`${lines.join('\n')}\n`);
  });
}

function instantsOf({ expectedEndAt, deadlineAt }: TrainStatus): string[] {
  return [
    ...(expectedEndAt === null ? [] : [`  expected end  ${expectedEndAt}`]),
    ...(deadlineAt === null ? [] : [`  deadline      ${deadlineAt}`]),
  ];
}
