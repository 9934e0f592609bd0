// The practice's contact lines in, the web address among them out, with its QR code as a drawing; or null where there is none.
import QRCode from 'qrcode';
import type { Drawing, Step } from '../content/article.ts';
import type { Link } from '../merge/fill.ts';

const MM = 72 / 25.4;
/** A code is at least 20 mm wide, its modules half a millimetre, with four modules of nothing round it (ISO/IEC 18004, 6.3.8). */
const SMALLEST = 20 * MM;
const MODULE = 0.5 * MM;
const QUIET = 4;

const WITH_SCHEME = /(?<![\w@])https?:\/\/[^\s<>"]+/iu;
const WITH_WWW = /(?<![\w@.])www\.[^\s<>"@]+\.[a-z]{2,}[^\s<>"@]*/iu;
/** A line that is a domain and nothing else: in the middle of a line it may be a name. */
const ALONE = /^[a-z\d-]+(\.[a-z\d-]+)*\.[a-z]{2,}(\/\S*)?$/u;
const LONGEST = 200;

/** The first web address of the contact lines. A code is drawn once for each address. */
export function linkOf(contact: readonly string[]): Link | null {
  const written = contact.map(addressIn).find((address) => address !== null);
  if (written === undefined || written === null) return null;
  const href = /^https?:/iu.test(written) ? written : `https://${written}`;
  const shown = href.replace(/^https?:\/\/(www\.)?/iu, '').replace(/\/$/u, '');
  return { href, shown, code: codeOf(href) };
}

function addressIn(line: string): string | null {
  const found = WITH_SCHEME.exec(line) ?? WITH_WWW.exec(line) ?? ALONE.exec(line.trim());
  const address = (found?.[0] ?? '').replace(/[.,;:)]+$/u, '');
  return address === '' || address.length > LONGEST ? null : address;
}

const MOST_CODES = 20;
const codes = new Map<string, Drawing>();

function codeOf(href: string): Drawing {
  const code = codes.get(href) ?? drawCode(href);
  if (codes.size >= MOST_CODES) codes.clear();
  codes.set(href, code);
  return code;
}

/** On paper, left of the code there is nothing anyway: it keeps the text's edge. A screen may be dark: there it stands on white. */
function drawCode(href: string): Drawing {
  const { size, data } = QRCode.create(href, { errorCorrectionLevel: 'M' }).modules;
  const runs = Array.from({ length: size }, (_, row) =>
    runsIn(data.subarray(row * size, (row + 1) * size), row),
  ).flat();
  const side = Math.max(MODULE, SMALLEST / size);
  const steps = runs.flatMap(({ x, y, length }): Step[] => {
    const [left, top, right, bottom] = [x, y + QUIET, x + length, y + QUIET + 1].map((at) => at * side) as Corners;
    return [['M', left, top], ['L', right, top], ['L', right, bottom], ['L', left, bottom], ['Z']];
  });
  const all = size + 2 * QUIET;
  const path = runs.map(({ x, y, length }) => `M${x + QUIET} ${y + QUIET}h${length}v1h-${length}z`).join('');
  return {
    title: 'QR',
    width: (size + QUIET) * side,
    height: all * side,
    shapes: [{ kind: 'outline', steps, fill: 'ink', stroke: null }],
    svg: `<svg viewBox="0 0 ${all} ${all}"><path fill="#fff" d="M0 0h${all}v${all}H0z"/><path d="${path}"/></svg>`,
  };
}

type Corners = [number, number, number, number];

/** Dark modules side by side are one rectangle: no hair line shows between them. */
function runsIn(modules: Uint8Array, y: number): { x: number; y: number; length: number }[] {
  const runs: { x: number; y: number; length: number }[] = [];
  modules.forEach((dark, x) => {
    const last = runs.at(-1);
    if (!dark) return;
    if (last !== undefined && last.x + last.length === x) last.length += 1;
    else runs.push({ x, y, length: 1 });
  });
  return runs;
}
