import { readConfig } from '../../src/config';
import { CALLBACK_SECRET as SECRET } from '../support/callback-receiver';

describe('the settings of callbacks and of the monitor', () => {
  it('are read', () => {
    const { callbacks, monitor } = readConfig({
      DARKROOM_CALLBACK_SECRETS: `${SECRET},${SECRET}`,
      DARKROOM_CALLBACK_ORIGINS: 'http://backend:8080, https://hooks.internal.example/',
      DARKROOM_MONITOR: '127.0.0.1:9464',
    });
    expect(callbacks).toEqual({
      secrets: [SECRET, SECRET],
      origins: ['http://backend:8080', 'https://hooks.internal.example'],
    });
    expect(monitor).toEqual({ host: '127.0.0.1', port: 9464 });
    expect(readConfig({ DARKROOM_MONITOR: '[::1]:0' }).monitor).toEqual({ host: '::1', port: 0 });
  });

  it.each([
    ['DARKROOM_CALLBACK_SECRETS', 'whsec_tooShort', 'at least 38 characters'],
    ['DARKROOM_CALLBACK_SECRETS', `${SECRET.slice(6)}-no-prefix`, 'whsec_ and the base64'],
    ['DARKROOM_CALLBACK_ORIGINS', 'backend:8080', 'origins such as'],
    ['DARKROOM_CALLBACK_ORIGINS', 'http://backend:8080/hook', 'origins such as'],
    ['DARKROOM_CALLBACK_ORIGINS', 'http://user:word@backend:8080', 'origins such as'],
    ['DARKROOM_MONITOR', '9464', 'an address such as 127.0.0.1:9464'],
    ['DARKROOM_MONITOR', '127.0.0.1:99999', 'an address such as 127.0.0.1:9464'],
  ])('%s=%s is refused', (name, value, words) => {
    expect(() => readConfig({ [name]: value })).toThrow(words);
  });

  it('a secret that is none is not shown', () => {
    const secret = `${SECRET.slice(6)}-no-prefix`;
    expect(() => readConfig({ DARKROOM_CALLBACK_SECRETS: secret })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining(secret) as string }) as Error,
    );
  });
});
