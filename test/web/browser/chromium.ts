// A real Chromium for the tests, and what axe finds on a page of it.
import { createRequire } from 'node:module';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

export const openChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });

export interface Seen {
  page: Page;
  /** What the page complained about: script errors, refused loads. */
  complaints: string[];
  close(): Promise<void>;
}

export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Seen> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() !== 'error') return;
    const { url } = message.location();
    // A refused form is answered with 422 or 409, which Chromium also prints to its console.
    if (/status of (409|422)/u.test(message.text())) return;
    // A page that a newer one replaced while Chromium's viewer was still loading it.
    if (/ERR_FAILED/u.test(message.text()) && url.startsWith('blob:')) return;
    complaints.push(`${message.text()} (${url})`);
  });
  return { page, complaints, close: () => context.close() };
}

/** Every violation axe finds, as `rule: element`. Run in a world of its own, which the page's CSP does not bind. */
export async function violations(page: Page): Promise<string[]> {
  const source = await import('node:fs/promises').then((fs) => fs.readFile(AXE, 'utf8'));
  const session = await page.context().newCDPSession(page);
  const { frameTree } = await session.send('Page.getFrameTree');
  const { executionContextId } = await session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id });
  await session.send('Runtime.evaluate', { expression: source, contextId: executionContextId });
  const { result } = await session.send('Runtime.evaluate', {
    expression: `axe.run(document, { iframes: false }).then(({ violations }) =>
      violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html.slice(0, 200))))`,
    contextId: executionContextId,
    awaitPromise: true,
    returnByValue: true,
  });
  await session.detach();
  return result.value as string[];
}

/** Waits until an expression is true in the page. Playwright's own waiting evaluates strings there, which the CSP forbids. */
export async function until(page: Page, expression: string): Promise<void> {
  for (let wait = 0; !(await page.evaluate(expression)); wait++) {
    if (wait > 160) throw new Error(`This did not become true: ${expression}`);
    await page.waitForTimeout(50);
  }
}
