import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Debian's, as `.ci/run` installs it; the npm package brings none. */
export function openBrowser(): Promise<Browser> {
  const executablePath = PLACES.find(existsSync);
  if (executablePath === undefined) throw new Error('These tests need a browser: apt-get install chromium');
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

/** What a function, as text, says of each element. Text, because the types of a browser are not those of this project. */
export function ofEach<T>(page: Page, selector: string, say: string): Promise<T[]> {
  return page.evaluate<T[]>(`[...document.querySelectorAll(${JSON.stringify(selector)})].map(${say})`);
}
