// A name, attributes and what stands inside in, one element of HTML out, with every value escaped.

const EMPTY = new Set(['br', 'img', 'input']);

/** Attributes that are undefined or false are left out. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number | boolean | undefined>>,
  inside: string,
): string {
  const given = Object.entries(attributes).flatMap(([key, value]) => {
    if (value === undefined || value === false || value === '') return key === 'alt' ? [' alt=""'] : [];
    return [value === true ? ` ${key}` : ` ${key}="${escaped(String(value))}"`];
  });
  return `<${name}${given.join('')}>${EMPTY.has(name) ? '' : `${inside}</${name}>`}`;
}

export function escaped(text: string): string {
  return text.replace(/[&<>"]/gu, (sign) => ENTITIES[sign] ?? sign);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
