// Opens report.html in headless Chromium: no error, nothing asked of the
// network, no horizontal scroll at 360 px, no finding of axe, and every plot
// with a title, a description and its table.
//
// usage: browser.mjs NODE_MODULES REPORT [SCREENSHOTS]
import { createRequire } from 'node:module';
import { mkdirSync } from 'node:fs';
import { pathToFileURL, fileURLToPath } from 'node:url';
import path from 'node:path';

const [modules, report, shots] = process.argv.slice(2);
const require = createRequire(path.join(path.resolve(modules), 'x.js'));
const { chromium } = require('playwright-core');
const axe = require.resolve('axe-core/axe.min.js');
const problems = [];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox', '--disable-dev-shm-usage'] });
const url = pathToFileURL(path.resolve(report)).href;
for (const [name, width, scheme] of [['phone', 360, 'light'], ['desk', 1200, 'light'], ['dark', 800, 'dark']]) {
  const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme: scheme });
  page.on('console', (m) => { if (m.type() === 'error' || m.type() === 'warning') problems.push(`${name}: console: ${m.text()}`); });
  page.on('pageerror', (e) => problems.push(`${name}: ${e.message}`));
  page.on('request', (r) => { if (r.url() !== url) problems.push(`${name}: asks for ${r.url()}`); });
  await page.goto(url);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 0) problems.push(`${name}: ${wide} px wider than ${width}`);
  const plots = await page.evaluate(() => [...document.querySelectorAll('svg')].map((svg) => {
    const named = (svg.getAttribute('aria-labelledby') || '').split(' ').map((id) => document.getElementById(id)?.textContent || '');
    const box = svg.getBoundingClientRect();
    const beside = svg.closest('.plots')?.nextElementSibling;
    return { title: named[0], alternative: named[1], role: svg.getAttribute('role'), width: box.width, table: !!beside?.querySelector('table'), broken: svg.outerHTML.includes('NaN') };
  }));
  for (const p of plots) {
    if (!p.title || !p.alternative || p.role !== 'img' || !p.table || p.broken || p.width < 100) problems.push(`${name}: a plot without text, table or size: ${JSON.stringify(p)}`);
  }
  if (plots.length === 0) problems.push(`${name}: no plot`);
  await page.evaluate(() => document.querySelectorAll('details').forEach((d) => { d.open = true; }));
  const opened = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (opened > 0) problems.push(`${name}: ${opened} px wider than ${width} with all tables open`);
  await page.addScriptTag({ path: axe });
  const found = await page.evaluate(() => window.axe.run());
  for (const v of found.violations) problems.push(`${name}: axe: ${v.id}: ${v.help} (${v.nodes.length}): ${v.nodes[0].html.slice(0, 120)}`);
  if (found.passes.length === 0) problems.push(`${name}: axe checked nothing`);
  console.log(`report.html at ${width} px, ${scheme}: ${plots.length} plots, ${found.passes.length} rules of axe passed`);
  if (shots) {
    mkdirSync(shots, { recursive: true });
    await page.evaluate(() => document.querySelectorAll('details').forEach((d) => { d.open = false; }));
    await page.screenshot({ path: path.join(shots, `${name}.png`), fullPage: true });
  }
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => document.querySelectorAll('details').forEach((d) => { d.open = false; }));
  const hidden = await page.evaluate(() => [...document.querySelectorAll('table')].filter((t) => t.getBoundingClientRect().height < 10 || !t.checkVisibility({ contentVisibilityAuto: true })).length);
  if (hidden > 0) problems.push(`${name}: ${hidden} tables are not printed`);
  if (shots && name === 'desk') await page.pdf({ path: path.join(shots, 'print.pdf'), format: 'A4' });
  await page.close();
}
await browser.close();
if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
