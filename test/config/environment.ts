import { ConfigError, readConfig, type Config } from '../../src/config';

/** Every variable that the configuration reads, absent, so that a test does not see the machine's own. */
const ABSENT = Object.fromEntries(
  [
    'DARKROOM_HOME',
    'DARKROOM_STORE_DIR',
    'DARKROOM_STORE',
    'DARKROOM_S3_ENDPOINT',
    'DARKROOM_S3_REGION',
    'DARKROOM_S3_PATH_STYLE',
    'DARKROOM_PHOTOS_DIR',
    'DARKROOM_PHOTOS_S3',
    'DARKROOM_PHOTOS_HTTPS_HOSTS',
    'DARKROOM_CACHE_DIR',
    'XDG_CACHE_HOME',
    'TEMPORAL_ADDRESS',
    'TEMPORAL_PROFILE',
    'TEMPORAL_CONFIG_FILE',
    'DARKROOM_TEMPORAL_CLI',
    'DARKROOM_QUEUES',
    'DARKROOM_MAX_CACHED_WORKFLOWS',
    'DARKROOM_ACTIVITY_SLOTS',
    'DARKROOM_PHOTO_SLOTS',
    'DARKROOM_PHOTO_PROCESSES',
    'DARKROOM_PHOTO_TIMEOUT',
    'DARKROOM_PHOTO_MEMORY_MB',
    'DARKROOM_GATES',
    'DARKROOM_SHUTDOWN_GRACE',
    'DARKROOM_POLL_FIRST',
    'DARKROOM_POLL_MAX',
    'APIFRAME_BASE_URL',
    'APIFRAME_API_KEY',
    'APIFRAME_AUTH',
  ].map((name) => [name, '']),
);

export function configOf(variables: Record<string, string> = {}): Config {
  return readConfig({ ...ABSENT, ...variables });
}

export function problemsOf(variables: Record<string, string>): readonly string[] {
  try {
    configOf(variables);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}
