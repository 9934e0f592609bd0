// A laid-out page in, its segments out: stretches that are the same for every client, and stretches that are not.
import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import type PDFDocument from 'pdfkit';
import type { Mark, Page, Placed } from '../layout/page.ts';
import { drawFoot, drawPlaced, type PageNotes } from './content.ts';
import type { Typefaces } from './glyphs.ts';
import { num } from './ink.ts';
import { type Ground, PAGE } from './level.ts';
import type { Palette } from './palette.ts';
import { type Direction, directionOf } from './read-back.ts';
import { newRef, type Ref } from './structure.ts';

/** A stretch of a page that becomes one content stream. `operators` is null until it is drawn. */
export interface Segment {
  personal: boolean;
  placed: readonly Placed[];
  /** What is the same for every client is drawn as if it stood at the top, and moved below what was typed for this one. */
  ground: Ground;
  foot: readonly Mark[] | null;
  operators: string | null;
}

/** A page whose personal segments are drawn. */
export interface Draft {
  segments: Segment[];
  notes: PageNotes;
}

/** Personal segments come first on a page, so that their marked-content ids do not depend on what is around them. */
export function draftPage(
  { placed, foot, shift, stamp }: Page,
  height: number,
  palette: Palette,
  typefaces: Typefaces,
): Draft {
  const drawn = { leaves: [], glyphs: new Map(), images: new Set<string>(), links: [], fields: [], boxes: new Map() };
  const notes: PageNotes = { height, shift, palette, direction: directionOfPage(placed), ground: PAGE, ...drawn };
  const segments: Segment[] = segmentsOf(placed);
  const still = { placed: [], ground: PAGE, operators: null };
  if (stamp !== undefined) segments.push({ ...still, personal: true, foot: stamp });
  if (foot.length > 0) segments.push({ ...still, personal: false, foot });
  segments.forEach((segment, index) => {
    if (!segment.personal) return;
    const next = segments[index + 1]?.ground ?? PAGE;
    segment.operators = `${drawSegment(segment, notes, typefaces)}${next === PAGE ? '' : moveTo(next)}`;
  });
  return { segments, notes };
}

function segmentsOf(placed: readonly Placed[]): Segment[] {
  const segments: Segment[] = [];
  let open: Placed[] = [];
  for (const one of placed) {
    const { personal } = one.galley;
    const last = segments.at(-1);
    if (last !== undefined && last.personal === personal) open.push(one);
    else {
      open = [one];
      const ground = personal || last === undefined ? PAGE : { down: one.y };
      segments.push({ personal, placed: open, ground, foot: null, operators: null });
    }
  }
  return segments;
}

/** `BACK` follows after what is moved. */
const moveTo = ({ down }: Ground) => `q 1 0 0 1 0 ${num(-down)} cm\n`;
const BACK = 'Q\n';

/** Only asked where somebody typed right-to-left letters; else it makes no difference. */
function directionOfPage(placed: readonly Placed[]): Direction {
  const strips = ({ galley, from, to }: Placed) => galley.strips.slice(from, to);
  const isRight = (mark: Mark) => mark.kind === 'text' && mark.rtl;
  const typed = placed.filter(({ galley }) => galley.personal);
  if (!typed.some((one) => strips(one).some(({ marks }) => marks.some(isRight)))) return 'ltr';
  const marks = placed.flatMap(strips).flatMap((strip) => strip.marks);
  return directionOf(marks.flatMap((mark) => (mark.kind === 'text' ? [mark.text] : [])));
}

export function drawRest({ segments, notes }: Draft, typefaces: Typefaces): void {
  for (const segment of segments) segment.operators ??= drawSegment(segment, notes, typefaces);
}

function drawSegment({ placed, foot, ground }: Segment, notes: PageNotes, typefaces: Typefaces): string {
  if (foot !== null) return drawFoot(foot, notes, typefaces);
  const onGround = { ...notes, ground };
  const operators = placed.map((one) => drawPlaced({ ...one, y: heightOn(ground, one) }, onGround, typefaces)).join('');
  return ground === PAGE ? operators : `${operators}${BACK}`;
}

/** The same wherever the ground is, to the last bit. */
export function heightOn(ground: Ground, { y }: Placed): number {
  return ground === PAGE ? y : Math.round((y - ground.down) * 1000) / 1000;
}

/** pdfkit's own id is made of title and date alone: two clients' handouts would share it. */
export function documentId(fixed: string, personal: readonly string[]): Buffer {
  const hash = createHash('sha256').update(fixed);
  for (const operators of personal) hash.update(operators);
  return hash.digest().subarray(0, 16);
}

/** A window of 8 kB holds a client's stream whole; the usual one takes longer to set up than to use. */
const SMALL = { windowBits: 13, memLevel: 6 };

/** To look longer for what is alike makes a tenth less in twice the time: worth it for what is deflated once for all clients. */
const OWN = { ...SMALL, level: 1 };

/** Deflating less than this takes longer than it saves. */
const SHORT = 1000;

/** A content stream: what its dictionary says, and its bytes. */
export function pressed(operators: string, personal: boolean): { data: { Filter?: 'FlateDecode' }; bytes: Buffer } {
  const bytes = Buffer.from(operators, 'latin1');
  // pdfkit makes a stream of any bytes but of none.
  if (bytes.length > 0 && bytes.length < SHORT) return { data: {}, bytes };
  const deflated = deflateSync(bytes, bytes.length < 1 << SMALL.windowBits ? (personal ? OWN : SMALL) : {});
  return { data: { Filter: 'FlateDecode' }, bytes: deflated };
}

/** Written by pdfkit, which would deflate once more what does not say that it is deflated. */
export function writeStream(doc: InstanceType<typeof PDFDocument>, operators: string, personal: boolean): Ref {
  const { data, bytes } = pressed(operators, personal);
  const stream = newRef(doc, data);
  (stream as unknown as { compress: boolean }).compress = false;
  stream.end(bytes);
  return stream;
}
