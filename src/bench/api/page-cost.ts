import { figure, type Figure } from '../figures';
import { median } from '../median';

const TIMES = 9;
const PARTS = ['/', '/assets/page.css', '/assets/live.js'];

/** What a person's browser loads to see the list, fifty of ten thousand trainings, and how long that takes the gateway. */
export async function pageFigures(gatewayUrl: string): Promise<Figure[]> {
  const timesMs: number[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    const beganMs = performance.now();
    await bytesOf(`${gatewayUrl}/`);
    timesMs.push(performance.now() - beganMs);
  }
  const [page = 0, ...rest] = await Promise.all(PARTS.map((part) => bytesOf(gatewayUrl + part)));
  const assets = rest.reduce((sum, bytes) => sum + bytes, 0);
  return [
    figure('the page that lists them', median(timesMs), 'ms'),
    figure('its weight with 50 trainings', page / 1000, 'kB', 50),
    figure('its style sheet and script', assets / 1000, 'kB', 10),
  ];
}

async function bytesOf(url: string): Promise<number> {
  const answer = await fetch(url);
  if (answer.status !== 200) throw new Error(`${url} was answered with ${answer.status}`);
  return (await answer.arrayBuffer()).byteLength;
}
