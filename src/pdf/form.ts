// Fields to fill in on screen in, their widgets and the document's form out (ISO 32000-1, 12.7).
import type PDFDocument from 'pdfkit';
import type { Field, Group } from '../layout/page.ts';
import { ink, num } from './ink.ts';
import { type Area, levelled } from './level.ts';
import type { Palette } from './palette.ts';
import { roundedBox } from './paths.ts';
import { newRef, type Ref } from './structure.ts';

type Doc = InstanceType<typeof PDFDocument>;

/** What people type is set in the regular text face, which every document carries whole. */
export const TYPED = 'R';

/** ISO 32000-1, tables 165, 226 and 228. */
const PRINT = 1 << 2;
const SEVERAL_LINES = 1 << 12;
const RADIO = 1 << 15;
const RIGHT = 2;
const WHITE = [1, 1, 1];

type Text = Extract<Field, { kind: 'line' | 'lines' }>;

export interface Form {
  /** A widget, still open. Fields are numbered: their names say nothing of anybody. */
  widget(field: Field, area: Area, page: Ref, structParent: unknown): Ref;
  /** Gives the document its form; without fields it has none. */
  end(): void;
}

/**
 * Every widget has its own appearance, so that no viewer is asked to draw it (PDF/A-2, 6.4.1): nothing, over the rules of
 * the page. What is typed covers the rules where there are several, for no viewer can be told to write on them.
 */
export function newForm(doc: Doc, font: PDFKit.PDFKitReference | undefined, palette: Palette): Form {
  const resources = { Font: { [TYPED]: font } };
  const fields: Ref[] = [];
  const groups = new Map<Group, Ref>();
  const looks = new Map<string, Ref>();

  function look(width: number, height: number, operators: string): Ref {
    const key = `${num(width)} ${num(height)} ${operators}`;
    const BBox = [0, 0, width, height];
    const drawn = looks.get(key) ?? newRef(doc, { Type: 'XObject', Subtype: 'Form', BBox, Resources: resources });
    if (!looks.has(key)) drawn.end(Buffer.from(operators, 'latin1'));
    looks.set(key, drawn);
    return drawn;
  }

  function newField(data: Record<string, unknown>): Ref {
    const ref = newRef(doc, { ...data, T: new String(`field-${fields.length + 1}`) });
    fields.push(ref);
    return ref;
  }

  function groupOf(group: Group): Ref {
    const known = groups.get(group);
    const ref = known ?? newField({ FT: 'Btn', Ff: RADIO, TU: new String(group.label), V: 'Off', Kids: [] });
    groups.set(group, ref);
    return ref;
  }

  function text({ kind, size, rtl }: Text, width: number, height: number): Record<string, unknown> {
    return {
      FT: 'Tx',
      Ff: kind === 'lines' ? SEVERAL_LINES : 0,
      Q: rtl ? RIGHT : 0,
      DA: new String(appearance(size, palette)),
      MK: kind === 'lines' ? { BG: WHITE } : {},
      AP: { N: look(width, height, '/Tx BMC\nEMC') },
    };
  }

  function states(on: string, mark: string, width: number, height: number): Record<string, unknown> {
    return { AS: 'Off', MK: {}, AP: { N: { Off: look(width, height, ''), [on]: look(width, height, mark) } } };
  }

  return {
    widget(field, area, page, structParent) {
      const [left, bottom, right, top] = area.rect;
      const [width, height] = [right - left, top - bottom];
      const labelled = {
        Type: 'Annot',
        Subtype: 'Widget',
        Rect: levelled(area),
        F: PRINT,
        P: page,
        StructParent: structParent,
        TU: new String(field.label),
      };
      switch (field.kind) {
        case 'line':
        case 'lines':
          return newField({ ...labelled, ...text(field, width, height) });
        case 'tick':
          return newField({
            ...labelled,
            FT: 'Btn',
            V: 'Off',
            ...states('Yes', cross(width, height, palette), width, height),
          });
        case 'choice': {
          const Parent = groupOf(field.group);
          const widget = newRef(doc, {
            ...labelled,
            Parent,
            ...states(field.value, dot(width, height, palette), width, height),
          });
          (Parent.data.Kids as Ref[]).push(widget);
          return widget;
        }
      }
    },
    end() {
      if (fields.length === 0) return;
      const pdf = doc as unknown as { _acroform: object; _root: { data: Record<string, unknown> } };
      // PDFKit closes the form and the fields that have kids itself, and looks for its own list of fonts.
      pdf._acroform = { fonts: {}, defaultFont: TYPED };
      pdf._root.data.AcroForm = newRef(doc, { Fields: fields, DR: resources, DA: new String(appearance(12, palette)) });
    },
  };
}

/** How typed text looks: its font, size and colour. */
function appearance(size: number, palette: Palette): string {
  return `/${TYPED} ${num(size)} Tf ${ink(palette, 'ink', 'rg')}`;
}

function cross(width: number, height: number, palette: Palette): string {
  const [x, y] = [width * 0.22, height * 0.22];
  const [right, top] = [width - x, height - y].map(num);
  return `${ink(palette, 'ink', 'RG')} 1.6 w 1 J ${num(x)} ${num(y)} m ${right} ${top} l ${num(x)} ${top} m ${right} ${num(y)} l S`;
}

function dot(width: number, height: number, palette: Palette): string {
  const inset = width * 0.22;
  const side = width - 2 * inset;
  return `${ink(palette, 'ink', 'rg')} ${roundedBox(inset, (height - side) / 2, side, side, side / 2)} f`;
}
