// How an article stands with the practice in, the words that say so out: in the list of articles and beside a page.
import type { Standing } from '../content/shelf.ts';

const day = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' });
export const sayDay = (date: string): string => day.format(new Date(`${date}T00:00:00Z`));

/** In the list. */
export function stateWords(standing: Standing): string {
  switch (standing.state) {
    case 'unreviewed':
      return 'Not reviewed yet.';
    case 'reviewed':
      return `Reviewed by ${standing.by}, ${sayDay(standing.on)}.${standing.due === null ? '' : ` Due again ${sayDay(standing.due)}.`}`;
    case 'due':
      return `Reviewed by ${standing.by}, ${sayDay(standing.on)}. The next review was due ${sayDay(standing.due ?? standing.on)}.`;
    case 'changed':
      return `Changed since ${standing.by} reviewed version ${standing.version}, ${sayDay(standing.on)}.`;
  }
}

/** Beside the page: said to the clinician, never to the client; nothing where all is well. */
export function noticesOf(standing: Standing | null): string[] {
  switch (standing?.state) {
    case 'unreviewed':
      return ['Nobody in your practice has reviewed this article yet. Read it, and mark it under Articles.'];
    case 'due':
      return [
        `This article was to be reviewed again by ${sayDay(standing.due ?? standing.on)}. Look at it under Articles.`,
      ];
    case 'changed':
      return [`This article has changed since ${standing.by} reviewed it. Under Articles stands what changed.`];
    default:
      return [];
  }
}
