import { createPrivateKey } from 'node:crypto';
import type { TlsOptions } from 'node:tls';

/** A throw-away identity for 127.0.0.1 that nobody trusts; good until 2126. */
export function selfSigned(): TlsOptions {
  const der = Buffer.from(KEY, 'base64');
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  return {
    key: key.export({ format: 'pem', type: 'pkcs8' }),
    cert: `-----BEGIN CERTIFICATE-----\n${CERTIFICATE}\n-----END CERTIFICATE-----\n`,
  };
}

const KEY =
  'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgdAcs7hl8PB6STZ68AQy+ey48zwk/B/y21P/bNJ+RwrmhRANCAAT3xD/B' +
  'oTdOAntNePUbzcTFeTHRwfW/dB6EE/J2b+vsRSls0SCQmbj/MPYJNPrO0bSHDvTsgjTbHeujNB277d0n';

const CERTIFICATE =
  'MIIBkDCCATagAwIBAgIUK2Q5CUaRgKnWOw1qpK3+dM6/GxAwCgYIKoZIzj0EAwIwFDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEy' +
  'MjA4NDA1M1oYDzIxMjYxMDI5MDg0MDUzWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAT3xD/B' +
  'oTdOAntNePUbzcTFeTHRwfW/dB6EE/J2b+vsRSls0SCQmbj/MPYJNPrO0bSHDvTsgjTbHeujNB277d0no2QwYjAdBgNVHQ4EFgQUKebA' +
  'pWqbtxYp4ai08PZeQSh/CXswHwYDVR0jBBgwFoAUKebApWqbtxYp4ai08PZeQSh/CXswDwYDVR0TAQH/BAUwAwEB/zAPBgNVHREECDAG' +
  'hwR/AAABMAoGCCqGSM49BAMCA0gAMEUCIDncKK0G6j0cJLLi+tWexoPub4vKcAZRMJ/CGNw6eUpnAiEA/j9aYt4Eqqyw+Mfjh/PjgdJk' +
  'y79jYO/395xoQhuPOxs=';
