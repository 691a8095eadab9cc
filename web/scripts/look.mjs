// Takes pictures of pages of a Plimsoll that runs, light, dark and as on a phone, and tells what the browser and axe complained about.
//   PLIMSOLL_PASSWORD=… node scripts/look.mjs http://127.0.0.1:8080 FOLDER [/path …]
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import { chromium } from 'playwright-core';

const [server, folder, ...asked] = process.argv.slice(2);
const paths = asked.length > 0 ? asked : ['/', '/activity', '/activity?show=events', '/activity?show=decisions', '/settings', '/settings/registries', '/webhooks', '/settings/tokens', '/settings/account'];
const looks = [
  { name: 'light', colorScheme: 'light', viewport: { width: 1360, height: 900 } },
  { name: 'dark', colorScheme: 'dark', viewport: { width: 1360, height: 900 } },
  { name: 'phone', colorScheme: 'light', viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
].filter(({ name }) => !process.env.LOOK || process.env.LOOK.split(',').includes(name));

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
for (const { name, ...settings } of looks) {
  const context = await browser.newContext({ ...settings, reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && console.log(`${name} ${page.url()}: ${message.text()}`));
  page.on('pageerror', (error) => console.log(`${name} ${page.url()}: ${error.message}`));
  await page.goto(`${server}/sign-in`);
  await page.waitForSelector('form');
  await page.screenshot({ path: join(folder, `sign-in-${name}.png`) });
  await tellBarriers(page, name);
  await page.getByLabel('User').fill('admin');
  await page.getByLabel('Password').fill(process.env.PLIMSOLL_PASSWORD ?? '');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForSelector('h1:has-text("Overview")');
  for (const path of paths) {
    await page.goto(server + path);
    await page.waitForSelector('h1');
    await page.waitForTimeout(Number(process.env.WAIT ?? 700));
    const file = (path === '/' ? 'overview' : path.slice(1).replace(/[^a-z0-9]+/gi, '-')) + `-${name}.png`;
    await page.screenshot({ path: join(folder, file), fullPage: name === 'phone' });
    await tellBarriers(page, name);
    const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (tooWide > 0) console.log(`${name} ${path}: ${tooWide} px wider than the window`);
  }
  await context.close();
}
await browser.close();

/** What keeps people out, by axe's rules. Evaluated rather than loaded: the page's policy lets no foreign script in. */
async function tellBarriers(page, look) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  for (const { id, impact, help, nodes } of violations) console.log(`${look} ${page.url()}: axe ${impact} ${id}: ${help} (${nodes.length}×, ${nodes[0].target})`);
}
