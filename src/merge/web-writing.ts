// What there is to write on in, fields of a web page out, each with a name that says what it is for; or lines to print.
import { type ChildNode, type Element, isTag, isText } from 'domhandler';
import { element } from './markup.ts';
import type { Render } from './web-page.ts';

export interface Counter {
  fillable: boolean;
  /** Groups of fields so far: each has a name of its own. */
  fields: number;
}

/** A check list, a table, lines or a scale. Any other table comes out as it went in. */
export function writing(node: Element, render: Render): string {
  if (node.name === 'ul') return checkList(node, render);
  if (node.name === 'table') return table(node, render);
  return node.attribs.class === 'scale' ? scale(node, render) : lines(node, render);
}

function checkList({ children }: Element, render: Render): string {
  const box = render.fillable ? element('input', { type: 'checkbox' }, '') : element('span', { class: 'tick' }, '');
  const items = children.filter(isTag).map((item) => {
    const at = item.children.findIndex((child) => isTag(child) && /^(p|ul|ol|div|table|figure)$/u.test(child.name));
    const [own, inner] = at === -1 ? [item.children, []] : [item.children.slice(0, at), item.children.slice(at)];
    const words = `${box}<span>${render.inside(own)}</span>`;
    return `<li>${element(render.fillable ? 'label' : 'div', { class: 'item' }, words)}${render.inside(inner)}</li>`;
  });
  return element('ul', { class: 'check' }, items.join(''));
}

/** A field takes as many lines as the paper has; the rest of a page is six. */
const REST = 6;

function lines({ attribs, children }: Element, render: Render): string {
  const count = 'data-fill' in attribs ? REST : Number(attribs['data-count'] ?? 3);
  const label = element('span', { class: 'label' }, render.inside(children));
  if (!render.fillable) return element('div', { class: 'lines' }, label + ruled(count));
  return element('label', { class: 'lines' }, `${label}${element('textarea', { rows: count }, '')}`);
}

const ruled = (count: number) => element('span', { class: 'rule' }, '').repeat(count);

/** A group of eleven choices, the words of both ends with the first and the last. */
function scale({ children }: Element, render: Render): string {
  const [label, list] = children.filter(isTag);
  render.fields += 1;
  const name = `scale-${render.fields}`;
  const steps = (list?.children ?? []).filter(isTag).map((step, value) => {
    const words = wordsIn(step) === '' ? '' : ` ${element('span', { class: 'end' }, render.inside(step.children))}`;
    const field = render.fillable ? element('input', { type: 'radio', name, value: String(value) }, '') : '';
    return element(render.fillable ? 'label' : 'span', {}, `${field}<span class="value">${value}</span>${words}`);
  });
  const legend = render.inside(label?.children ?? []);
  if (!render.fillable)
    return element('div', { class: 'scale' }, `<p>${legend}</p>${element('div', {}, steps.join(''))}`);
  return element('fieldset', { class: 'scale' }, `<legend>${legend}</legend>${element('div', {}, steps.join(''))}`);
}

/** In a sheet every empty cell of the body is a field, named after its column, its row and the row's number. */
function table(node: Element, render: Render): string {
  const parts = node.children.filter(isTag);
  const heads = rowsOf(parts.filter(({ name }) => name === 'thead'))
    .flatMap(cellsOf)
    .map(wordsIn);
  const isSheet = node.attribs.class === 'sheet';
  const rows = rowsOf(parts.filter(({ name }) => name === 'tbody')).map((row, index) => {
    const cells = cellsOf(row);
    const first = cells[0] === undefined ? '' : wordsIn(cells[0]);
    const written = cells.map((cell, column) => {
      if (!isSheet || wordsIn(cell) !== '') return element('td', {}, render.inside(cell.children));
      const name = [heads[column], first, String(index + 1)].filter((words) => words !== undefined && words !== '');
      return element(
        'td',
        {},
        render.fillable ? element('textarea', { rows: 2, 'aria-label': name.join(', ') }, '') : '',
      );
    });
    return `<tr>${written.join('')}</tr>`;
  });
  const above = parts.filter(({ name }) => name === 'caption' || name === 'thead');
  return element('table', { class: node.attribs.class }, `${render.inside(above)}<tbody>${rows.join('')}</tbody>`);
}

const rowsOf = (parts: readonly Element[]) => parts.flatMap(({ children }) => children.filter(isTag));
const cellsOf = (row: Element) => row.children.filter(isTag);

function wordsIn(node: ChildNode): string {
  if (isText(node)) return node.data.replace(/\s+/gu, ' ').trim();
  return isTag(node) ? node.children.map(wordsIn).filter(Boolean).join(' ') : '';
}
