export { TemporalCliNotFoundError } from './cli-not-found';
export { ConfiguredCliError } from './configured-path';
export { PortInUseError, assertPortFree, freePort, freePorts } from './free-port';
export {
  SearchAttributeTypeError,
  missingSearchAttributes,
  registerSearchAttributes,
} from './register-search-attributes';
export { resolveTemporalCli } from './resolve-cli';
export type { TemporalCli } from './resolve-cli';
export type { SearchAttributeType, SearchAttributes } from './search-attribute-type';
export { startTemporalServer } from './start-server';
export type { TemporalServer, TemporalServerOptions } from './start-server';
export { TemporalServerError } from './why-not-ready';
