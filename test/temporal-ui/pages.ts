import type { Page } from 'playwright-core';
import { until } from '../support/until';

/** The pages of the Temporal UI that an operator uses, as its version 2.50 draws them. */
export interface TemporalUi {
  url: string;
  namespace: string;
}

/** The UI keeps the columns of its lists in the browser, under this name. */
const COLUMNS_KEY = 'namespace-workflow-table-columns';

export async function chooseColumns(
  page: Page,
  { namespace }: TemporalUi,
  labels: readonly string[],
): Promise<void> {
  const columns = JSON.stringify({ [namespace]: labels.map((label) => ({ label })) });
  await page.addInitScript(
    `localStorage.setItem(${JSON.stringify(COLUMNS_KEY)}, ${JSON.stringify(columns)})`,
  );
}

/** The first page that a click on a training opens. */
export async function openTraining(page: Page, { url, namespace }: TemporalUi, id: string): Promise<void> {
  await page.goto(`${url}/namespaces/${namespace}/workflows/${encodeURIComponent(id)}`);
  await page.getByRole('button', { name: 'More Actions' }).waitFor();
}

/** One click from there. Each piece of Markdown is in a frame of its own. */
export async function userMetadata(page: Page): Promise<{ summary: string; currentDetails: string }> {
  await page.getByRole('tab', { name: 'User Metadata' }).click();
  return until('the UI shows the user metadata', async () => {
    const texts = await Promise.all(
      page
        .frames()
        .slice(1)
        .map((frame) =>
          frame
            .locator('body')
            .innerText()
            .catch(() => ''),
        ),
    );
    const [summary = '', currentDetails = ''] = texts
      .map((text) => text.trim())
      .filter((text) => text !== '');
    return currentDetails === '' ? null : { summary, currentDetails };
  });
}

/** The form behind "Send an Update", with the update chosen in it. */
export async function openUpdate(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'More Actions' }).click();
  await page.getByText('Send an Update').filter({ visible: true }).first().click();
  await page.getByTestId('update-select-button').filter({ visible: true }).click();
  await page.locator('#update-select-select li', { hasText: name }).filter({ visible: true }).first().click();
}

export async function submitUpdate(page: Page, json: string): Promise<void> {
  const form = page
    .locator('form', { has: page.getByTestId('update-select-button') })
    .filter({ visible: true });
  const editor = form.locator('[contenteditable=true]');
  await editor.fill(json);
  await until('the form holds it', async () =>
    (await editor.innerText()).replace(/\s/g, '') === json.replace(/\s/g, '') ? true : null,
  );
  // By key: leaving the editor formats the JSON, and the button would move away from under a click.
  await form.getByTestId('confirm-modal-button').press('Enter');
}
