import { cancellationSignal } from '@temporalio/activity';
import type { ProviderName } from '../contract/request';
import type { UploadVerdict } from '../providers/port';
import { sayingWhatFailed } from './activity-failure';
import type { ActivityPorts } from './ports';

/** One look at an upload that the provider is still preparing. */
export function checkUpload({ providers }: Pick<ActivityPorts, 'providers'>) {
  return (provider: ProviderName, uploadId: string): Promise<UploadVerdict> =>
    sayingWhatFailed(() => providers.get(provider).checkUpload(uploadId, cancellationSignal()));
}
