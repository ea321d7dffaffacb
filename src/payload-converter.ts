import { defaultPayloadConverter, type Payload, type PayloadConverter } from '@temporalio/common';
import { decode } from '@temporalio/common/lib/encoding';

/**
 * Reads what the SDK's own converter reads, and in the same way. What that refuses, such as `json/protobuf`, which Go and
 * Java use for generated types, is read as JSON, or as nothing: a payload that cannot be read at all fails a workflow
 * task again and again, whereas a request that is not one ends with a sentence.
 */
export const payloadConverter: PayloadConverter = {
  toPayload: (value) => defaultPayloadConverter.toPayload(value),
  // `never` fits whatever type the reader expects; that it is right, `planTraining` checks.
  fromPayload: (payload) => read(payload) as never,
};

function read(payload: Payload): unknown {
  try {
    return defaultPayloadConverter.fromPayload<unknown>(payload);
  } catch {
    return asJson(payload);
  }
}

function asJson({ data }: Payload): unknown {
  try {
    return data ? JSON.parse(decode(data)) : undefined;
  } catch {
    return undefined;
  }
}
