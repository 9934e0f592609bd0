// The table of crisis lines: a YAML text in, the lines that are right and everything wrong with the others out.
import { z } from 'zod';
import type { Problem } from '../errors.ts';
import type { CrisisLine } from './article.ts';
import { line, said } from './front-matter.ts';
import { gather } from './problems.ts';
import { readYaml, tellIssues } from './yaml.ts';

const crisisLine = z.strictObject(
  {
    country: z
      .string(said('country', 'two capital letters like US'))
      .regex(/^[A-Z]{2}$/u, '“country” is not right. Write two capital letters like US.'),
    countryName: line('countryName', 'the country’s name in English'),
    number: z.preprocess(
      (value) => (typeof value === 'number' ? String(value) : value),
      line('number', 'the number to call, like "988"'),
    ),
    text: z
      .object({ en: line('en', 'one sentence a person in need can act on') }, said('text', 'en: and one sentence'))
      .catchall(line('text', 'one sentence for each language')),
    source: line('source', 'where the number was looked up'),
  },
  said('crisis line', 'country, countryName, number, text and source'),
);

export function readCrisisLines(text: string, file: string): { crisisLines: CrisisLine[]; problems: Problem[] } {
  const { tell, problems } = gather(file);
  const { value, lineOf } = readYaml(text, 0, tell);
  if (value !== undefined && !Array.isArray(value))
    tell(1, 'This is not a list.', 'Start each crisis line with “- country: …”.');
  const crisisLines: CrisisLine[] = [];
  for (const [index, item] of (Array.isArray(value) ? value : []).entries()) {
    const read = crisisLine.safeParse(item);
    if (read.success) crisisLines.push(read.data);
    else
      tellIssues(
        read.error.issues.map((issue) => ({ ...issue, path: [index, ...issue.path] })),
        lineOf,
        tell,
      );
  }
  return { crisisLines, problems: problems() };
}
