// What the tests do with the page, in words: open, paste, step. Every page fails its test on a console error,
// an uncaught one, or a request to another host.
import { test as base, expect, type Locator, type Page } from '@playwright/test';

/** The screens everything is looked at on: a desk, a projector, a phone. */
export const SIZES = {
  desk: { width: 1440, height: 900 },
  projector: { width: 1024, height: 768 },
  phone: { width: 390, height: 844 },
};

export class App {
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  async open(address = '/'): Promise<void> {
    await this.page.goto(address);
    await expect(this.editor).toBeVisible();
    await this.answered();
  }

  get headline(): Locator {
    return this.page.getByTestId('headline');
  }

  get editor(): Locator {
    return this.page.locator('.cm-content');
  }

  /** Lines of the paste that prove the current hop. */
  get lit(): Locator {
    return this.page.locator('.cm-evidence');
  }

  /** The row of the picture that is current. */
  get currentRow(): Locator {
    return this.page.locator(':is(.react-flow, [data-testid="journey"]) button[aria-current="step"]');
  }

  /** The first row of the picture that begins with these words. */
  row(name: string): Locator {
    return this.page.locator('.react-flow').getByRole('button', { name }).first();
  }

  get podTabs(): Locator {
    return this.page.getByRole('tablist', { name: 'Pods' }).getByRole('tab');
  }

  async answered(): Promise<void> {
    await expect(this.headline).toHaveAttribute('data-stale', 'false');
  }

  /** Replaces the whole paste, as a person would. */
  async paste(text: string): Promise<void> {
    await this.editor.click();
    await this.page.keyboard.press('Control+a');
    await this.page.keyboard.insertText(text);
    await this.answered();
  }

  async text(): Promise<string> {
    const lines = await this.page.locator('.cm-line').allInnerTexts();
    return lines.join('\n');
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }
}

export const test = base.extend<{ app: App }>({
  app: async ({ page, baseURL }, use) => {
    const faults: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(baseURL ?? '') && !request.url().startsWith('data:'))
        faults.push(`request to ${request.url()}`);
    });
    await use(new App(page));
    expect(faults).toEqual([]);
  },
});

export { expect };
