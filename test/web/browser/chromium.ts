// A real Chromium for the tests, and what is wrong with a page of it for those who see, touch or hear it.
import { readFile } from 'node:fs/promises';
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

/** How a page is seen: on a phone, a tablet and a desk, by day and by night. */
export const VIEWS = [
  [320, 'light'],
  [768, 'dark'],
  [1280, 'light'],
] as const satisfies readonly View[];
type View = readonly [width: number, colorScheme: 'light' | 'dark'];

/** What a finger has to hit. */
const TARGETS =
  'button, select, textarea, a.mark, a.button, a.inline, nav a, .tick, summary, input:not([type=checkbox], [type=radio], [type=hidden])';

/** Every violation axe finds, whatever is wider than the window, and every target too small, in each view; best none. */
export async function faults(page: Page, views: readonly View[] = VIEWS, targets = TARGETS): Promise<string[]> {
  const found: string[] = [];
  const axe = await openAxe(page);
  for (const [width, colorScheme] of views) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const wide = (await page.evaluate('document.documentElement.scrollWidth')) as number;
    const small = (await page.evaluate(`[...document.querySelectorAll('${targets}')]
      .filter((element) => element.offsetParent !== null && element.getBoundingClientRect().height < 44)
      .map((element) => 'small target: ' + element.outerHTML)`)) as string[];
    const all = [...(await axe.violations()), ...(wide === width ? [] : [`${wide} pixels wide`]), ...small];
    found.push(...all.map((one) => `at ${width} pixels, ${colorScheme}: ${one}`));
  }
  await axe.close();
  return found;
}

/** In a world of its own, which the page's CSP does not bind. */
async function openAxe(page: Page) {
  const source = await readFile(AXE, 'utf8');
  const session = await page.context().newCDPSession(page);
  const { frameTree } = await session.send('Page.getFrameTree');
  const { executionContextId } = await session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id });
  await session.send('Runtime.evaluate', { expression: source, contextId: executionContextId });
  return {
    /** As `rule: element`. */
    async violations(): Promise<string[]> {
      const { result } = await session.send('Runtime.evaluate', {
        expression: `axe.run(document, { iframes: false }).then(({ violations }) =>
          violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html.slice(0, 200))))`,
        contextId: executionContextId,
        awaitPromise: true,
        returnByValue: true,
      });
      return result.value as string[];
    },
    close: () => session.detach(),
  };
}

/** Waits until an expression is true in the page. Playwright's own waiting evaluates strings there, which the CSP forbids. */
export async function until(page: Page, expression: string): Promise<void> {
  for (let wait = 0; !(await page.evaluate(expression)); wait++) {
    if (wait > 160) throw new Error(`This did not become true: ${expression}`);
    await page.waitForTimeout(50);
  }
}
