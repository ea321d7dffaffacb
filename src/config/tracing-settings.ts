import type { EnvReader } from './env-reader';

/** Whether spans are exported; where to is read by the exporter itself, from the same standard variables. */
export interface TracingConfig {
  readonly isOn: boolean;
}

/** https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/ */
export function readTracing(env: EnvReader): TracingConfig {
  const endpoints = [env.url('OTEL_EXPORTER_OTLP_ENDPOINT'), env.url('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT')];
  return { isOn: endpoints.some((one) => one !== null) && env.text('OTEL_SDK_DISABLED') !== 'true' };
}
