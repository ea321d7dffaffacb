import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ClientInterceptors } from '@temporalio/client';
import type { OpenTelemetrySinks } from '@temporalio/interceptors-opentelemetry/lib/workflow/definitions.js';
import type { InjectedSinks, WorkerInterceptors } from '@temporalio/worker';

/** What a process hands to the Temporal SDK, so that its spans join those of whoever called. */
export interface Tracing {
  readonly client: ClientInterceptors;
  readonly worker: WorkerTracing;
  /** Sends what has ended; a collector that is away holds nobody up. */
  close(): Promise<void>;
}

export interface WorkerTracing {
  readonly interceptors: WorkerInterceptors;
  readonly sinks: InjectedSinks<OpenTelemetrySinks>;
  /** The same workflows, with what traces them inside. */
  readonly bundlePath: string;
}

export const TRACED_BUNDLE_PATH = path.join(__dirname, '../workflow-bundle-traced.js');

/** One of the optional packages is not there. */
export class TracingPackagesError extends Error {
  override name = 'TracingPackagesError' as const;

  constructor(cause: unknown) {
    super(
      'OTEL_EXPORTER_OTLP_ENDPOINT asks for traces, and the packages for them are not installed; install without --omit=optional, or set OTEL_SDK_DISABLED=true',
      { cause },
    );
  }
}

const CLOSE_LIMIT_MS = 3000;

/**
 * Exports spans by OTLP over HTTP, as the standard `OTEL_…` variables say.
 *
 * @param service name of it where `OTEL_SERVICE_NAME` gives none
 * @throws TracingPackagesError
 */
export async function startTracing(service: string): Promise<Tracing> {
  const otel = await packages();
  const { BasicTracerProvider, BatchSpanProcessor, Resource } = otel;
  const named = otel.envDetectorSync.detect().attributes;
  const resource = new Resource({ 'service.name': service, ...named });
  const processor = new BatchSpanProcessor(new otel.OTLPTraceExporter());
  const provider = new BasicTracerProvider({ resource, spanProcessors: [processor] });
  provider.register({
    contextManager: new otel.AsyncLocalStorageContextManager().enable(),
    propagator: new otel.W3CTraceContextPropagator(),
  });
  return {
    client: { workflow: [new otel.OpenTelemetryWorkflowClientInterceptor()] },
    worker: {
      interceptors: {
        activity: [(context) => ({ inbound: new otel.OpenTelemetryActivityInboundInterceptor(context) })],
      },
      sinks: { exporter: otel.makeWorkflowExporter(processor, resource) },
      bundlePath: TRACED_BUNDLE_PATH,
    },
    async close() {
      await Promise.race([
        provider.shutdown().catch(() => undefined),
        delay(CLOSE_LIMIT_MS, null, { ref: false }),
      ]);
    },
  };
}

/** Loaded only where traces are asked for: half a second and 20 MB. */
async function packages() {
  try {
    return {
      ...(await import('@opentelemetry/sdk-trace-base')),
      ...(await import('@opentelemetry/resources')),
      ...(await import('@opentelemetry/core')),
      ...(await import('@opentelemetry/exporter-trace-otlp-http')),
      ...(await import('@opentelemetry/context-async-hooks')),
      ...(await import('@temporalio/interceptors-opentelemetry')),
      ...(await import('@temporalio/interceptors-opentelemetry/lib/worker/index.js')),
    };
  } catch (error) {
    throw new TracingPackagesError(error);
  }
}
