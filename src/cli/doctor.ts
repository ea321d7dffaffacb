import { Connection } from '@temporalio/client';
import { colors as pc } from './colors';
import { APIFRAME_DOCUMENTED_URL, type Config } from '../config';
import { missingForTryiton } from '../config/tryiton-settings';
import { providerDirectory } from '../provider-directory';
import { SEARCH_ATTRIBUTES } from '../contract/names';
import { apiframeV1 } from '../providers/apiframe-v1';
import { storageFrom, storeName } from '../storage-from';
import { addressOf, type TemporalAccess } from '../temporal-connection';
import { missingSearchAttributes, registerSearchAttributes } from '../temporal-server';
import { checkPhotos } from './check-photos';
import { checkWebhooks } from './check-webhooks';
import { EXIT } from './exit-code';
import { bad, good, note, type Finding } from './finding';
import { reach, type HomeOption } from './reach';
import { errorMessage } from '../error-facts';

const MARKS = { good: pc.green('ok  '), bad: pc.red('bad '), note: pc.yellow('note') } as const;

/** `darkroom doctor`: tries what a training needs, without spending. */
export async function doctor({ fix, ...options }: HomeOption & { fix?: true }): Promise<void> {
  const { access, config } = reach(options);
  const temporal = await checkTemporal(access, fix === true);
  const findings = [
    ...temporal,
    ...(await checkStore(config)),
    ...(await checkPhotos(config)),
    await checkApiframe(config),
    await checkTryiton(config),
    await checkWebhooks(config),
  ];
  for (const { is, text } of findings) process.stdout.write(`${MARKS[is]}  ${text}\n`);
  const isReachable = temporal.every(({ is }) => is !== 'bad');
  const isAllGood = findings.every(({ is }) => is !== 'bad');
  process.exitCode = isAllGood ? EXIT.done : isReachable ? EXIT.badInput : EXIT.noTemporal;
}

async function checkTemporal(access: TemporalAccess, fix: boolean): Promise<Finding[]> {
  const address = addressOf(access);
  let connection: Connection;
  try {
    connection = await Connection.connect({ ...access.connectionOptions, connectTimeout: '5s' });
  } catch (error) {
    return [
      bad(
        `Temporal at ${address} does not answer (${errorMessage(error)}); start darkroom dev, or set TEMPORAL_ADDRESS`,
      ),
    ];
  }
  try {
    const added = fix ? await registerSearchAttributes(connection, access.namespace, SEARCH_ATTRIBUTES) : [];
    const missing = await missingSearchAttributes(connection, access.namespace, SEARCH_ATTRIBUTES);
    const attributes =
      missing.length > 0
        ? bad(
            `search attributes missing in ${access.namespace}: ${missing.join(', ')}; run darkroom doctor --fix`,
          )
        : good(`search attributes registered${added.length > 0 ? `, now also ${added.join(', ')}` : ''}`);
    return [good(`Temporal at ${address}, namespace ${access.namespace}`), attributes];
  } catch (error) {
    return [bad(`Temporal at ${address}, namespace ${access.namespace}: ${errorMessage(error)}`)];
  } finally {
    await connection.close();
  }
}

async function checkStore(config: Config): Promise<Finding[]> {
  const name = storeName(config);
  try {
    await storageFrom(config).prove();
    return [
      good(`store ${name} can be written and read`),
      good('store creates exclusively, so no submission can be made twice'),
    ];
  } catch (error) {
    return [bad(`${errorMessage(error)}; make it usable, or set DARKROOM_STORE_DIR or DARKROOM_STORE`)];
  }
}

async function checkTryiton(config: Config): Promise<Finding> {
  const missing = missingForTryiton(config.tryiton);
  const { baseUrl, apiKey } = config.tryiton;
  if (baseUrl === null && apiKey === null)
    return note('TryItOn is not configured: .env.example lists its TRYITON_ variables');
  if (missing.length > 0)
    return bad(
      `TryItOn lacks ${missing.join(', ')}; the key is made in their developer dashboard, and what they do not document (address, paths, field names) they tell you with your access`,
    );
  try {
    const { words } = await providerDirectory(config).get('tryiton').probe(AbortSignal.timeout(20_000));
    return good(`TryItOn at ${baseUrl ?? ''} accepts the key, ${words}`);
  } catch (error) {
    return bad(
      `TryItOn at ${baseUrl ?? ''}: ${errorMessage(error)}; check TRYITON_API_KEY, TRYITON_BASE_URL, TRYITON_MODELS_PATH`,
    );
  }
}

async function checkApiframe({
  apiframe: { baseUrl, apiKey, auth },
  submission: { timeoutMs: submitTimeoutMs },
}: Config): Promise<Finding> {
  if (apiKey === null)
    return note('APIFRAME is not configured: set APIFRAME_API_KEY (darkroom dev uses its sandbox)');
  const url = baseUrl ?? APIFRAME_DOCUMENTED_URL;
  try {
    const { words } = await apiframeV1({ baseUrl: url, apiKey, auth, submitTimeoutMs }).probe(
      AbortSignal.timeout(20_000),
    );
    return good(`APIFRAME at ${url} accepts the key, ${words}`);
  } catch (error) {
    const hint = auth === 'raw' ? 'bearer' : 'raw';
    return bad(
      `APIFRAME at ${url}: ${errorMessage(error)}; check APIFRAME_API_KEY, APIFRAME_BASE_URL, and try APIFRAME_AUTH=${hint}`,
    );
  }
}
