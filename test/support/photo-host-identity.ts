import { createPrivateKey } from 'node:crypto';

const KEY =
  'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg/SLCM8PLHLfKn9gE2daKIHoyNZkBOXOYnnXn4OaRMIChRANCAATn' +
  'lqM2+0+gvrds7E1amlbCOe2gpq2nOVQCBitUTbbDuXp849D1f6L4OIoOBNaB+1Utg1QAbJ6nSRh8c9fJRHtZ';
const CERTIFICATE =
  'MIIBxTCCAWugAwIBAgIUOlEglBXQ/vr31C4Of0uP8wtQNawwCgYIKoZIzj0EAwIwGTEXMBUGA1UEAwwOcGhvdG9zLmV4YW1wbGUw' +
  'IBcNMjYxMTI1MTEwNjU1WhgPMjEyNjExMDExMTA2NTVaMBkxFzAVBgNVBAMMDnBob3Rvcy5leGFtcGxlMFkwEwYHKoZIzj0CAQYI' +
  'KoZIzj0DAQcDQgAE55ajNvtPoL63bOxNWppWwjntoKatpzlUAgYrVE22w7l6fOPQ9X+i+DiKDgTWgftVLYNUAGyep0kYfHPXyUR7' +
  'WaOBjjCBizAdBgNVHQ4EFgQUqUoDcunclblhrgZ4RmjH2NI0vW4wHwYDVR0jBBgwFoAUqUoDcunclblhrgZ4RmjH2NI0vW4wDwYD' +
  'VR0TAQH/BAUwAwEB/zA4BgNVHREEMTAvgg5waG90b3MuZXhhbXBsZYIQKi5waG90b3MuZXhhbXBsZYILY2RuLmV4YW1wbGUwCgYI' +
  'KoZIzj0EAwIDSAAwRQIhAMs08RrcmtSbUiQ426Iq3ruP4EVwwEMq7eemwwENIxq7AiA/F8QC1gVHrO0hVWQx5RsdbxlS8n0rnkCi' +
  'E2y4EsBzmQ==';

/** A throw-away identity of photos.example, all hosts below it, and cdn.example; good until 2126. It is its own authority. */
export function photoHostIdentity(): { key: string; cert: string } {
  const key = createPrivateKey({ key: Buffer.from(KEY, 'base64'), format: 'der', type: 'pkcs8' });
  return {
    key: key.export({ format: 'pem', type: 'pkcs8' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${CERTIFICATE}\n-----END CERTIFICATE-----\n`,
  };
}
