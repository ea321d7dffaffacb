import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Provider } from '../providers/port';
import { aroundCalls } from './around-calls';

/** The same provider, with a span for each call, below that of the activity. Where nothing is traced, it costs nothing. */
export function tracedProvider(provider: Provider): Provider {
  const tracer = trace.getTracer('darkroom');
  return aroundCalls(provider, (call, run, outcomeOf) =>
    tracer.startActiveSpan(`${provider.name} ${call}`, { kind: SpanKind.CLIENT }, async (span) => {
      try {
        const answer = await run();
        span.setAttribute('darkroom.outcome', outcomeOf(answer));
        return answer;
      } catch (error) {
        // Without the error's words: the activity's span has those that may be told.
        span.setStatus({ code: SpanStatusCode.ERROR });
        throw error;
      } finally {
        span.end();
      }
    }),
  );
}
