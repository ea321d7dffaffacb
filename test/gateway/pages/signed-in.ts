import type { Gateway } from '../../../src/gateway/server';

/** Signs in as the page does, and gives the cookie that a browser would send from then on. */
export async function cookieOf(gateway: Pick<Gateway, 'url'>, key: string): Promise<string> {
  const signedIn = await fetch(`${gateway.url}/sign-in`, {
    method: 'POST',
    body: new URLSearchParams({ key }),
    redirect: 'manual',
  });
  return (signedIn.headers.get('set-cookie') ?? '').split(';', 1).join('');
}
