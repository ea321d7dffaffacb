import { END_STATES, FAILURE_CODES, contractSchemas } from '../../src/contract';

type Schema = Record<string, unknown>;

/** Every part of a schema that describes an object, by its path. */
function objectsIn(schema: unknown, path = '#'): [string, Schema][] {
  if (typeof schema !== 'object' || schema === null) return [];
  const below = Object.entries(schema).flatMap(([name, part]) => objectsIn(part, `${path}/${name}`));
  return 'type' in schema && schema.type === 'object' ? [[path, schema], ...below] : below;
}

describe('the JSON Schemas of the contract', () => {
  const schemas = contractSchemas();

  it('are those of request, result, callback and status', () => {
    expect(Object.keys(schemas)).toEqual(['train-request', 'train-result', 'train-callback', 'train-status']);
  });

  it.each(Object.keys(schemas))('%s names its dialect and can be written as JSON', (name) => {
    expect(schemas[name]).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema' });
    expect(JSON.parse(JSON.stringify(schemas[name]))).toEqual(schemas[name]);
  });

  it.each(Object.keys(schemas))('%s forbids extra fields in every object', (name) => {
    const objects = objectsIn(schemas[name]);

    expect(objects.length).toBeGreaterThan(1);
    for (const [path, object] of objects)
      expect([path, object['additionalProperties']]).toEqual([path, false]);
  });

  it('say which fields of a request are needed', () => {
    const objects = objectsIn(schemas['train-request']);
    const [[, request] = ['', {}]] = objects;
    const options = objects.find(([path]) => path.endsWith('/options'))?.[1];

    expect(request).toMatchObject({ required: ['subject', 'photos', 'provider', 'options'] });
    expect(options).toMatchObject({ required: ['gender', 'ethnicity'] });
  });

  it('bound what a request may have', () => {
    const [[, request] = ['', {}]] = objectsIn(schemas['train-request']);

    expect(request['properties']).toMatchObject({
      photos: { type: 'array', minItems: 1, maxItems: 100, items: { type: 'string', maxLength: 2048 } },
      maxPhotos: { type: 'integer', minimum: 1, maximum: 100 },
      deadlineMs: { type: 'integer', minimum: 1000, maximum: 1_209_600_000 },
    });
  });

  it.each(['subject', 'photos'])('have a pattern for %s that every regular expression can be', (field) => {
    const [[, request] = ['', {}]] = objectsIn(schemas['train-request']);
    const schema = (
      request['properties'] as Record<string, { pattern?: string; items?: { pattern: string } }>
    )[field];
    const pattern = schema?.pattern ?? schema?.items?.pattern ?? '';

    expect(pattern).toMatch(/^\^/);
    expect(() => new RegExp(pattern, 'u')).not.toThrow();
  });

  it('name every end and every failure of a result', () => {
    const [[, result] = ['', {}]] = objectsIn(schemas['train-result']);

    expect(result['properties']).toMatchObject({ state: { enum: [...END_STATES] } });
    expect(JSON.stringify(result)).toContain(JSON.stringify(FAILURE_CODES));
  });
});
