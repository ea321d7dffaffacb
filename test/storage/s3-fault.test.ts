import { s3Error } from '../../src/storage/s3-fault';

describe('what a store in a bucket says', () => {
  it.each([
    // An answer that cannot be read is none, and not a refusal.
    ['SyntaxError', 200, 'wait'],
    ['ECONNRESET', null, 'wait'],
    ['InternalError', 500, 'wait'],
    ['SlowDown', 503, 'wait'],
    ['TooManyRequests', 429, 'wait'],
    // It says that an object is there, and then that it is not.
    ['PreconditionFailed', 412, 'wait'],
    ['ExpiredToken', 400, 'wait'],
    ['RequestExpired', 400, 'wait'],
    ['AccessDenied', 403, 'mend'],
    ['NoSuchBucket', 404, 'mend'],
    ['PermanentRedirect', 301, 'mend'],
    ['NoRegion', null, 'mend'],
  ])('%s with HTTP %s is to be met by: %s', (code, status, remedy) => {
    expect(s3Error('The store', { code, status })).toMatchObject({ name: 'StorageError', remedy });
  });
});
