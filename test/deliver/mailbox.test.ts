import { describe, expect, it } from '@jest/globals';
import { readMailbox, slipIn } from '../../src/deliver/mailbox.ts';
import { MALFORMED } from './malformed.ts';

describe('a field for an e-mail address', () => {
  it.each([
    ['ann@example.org', 'ann@example.org'],
    ['  Ann.Poe+x@Example.ORG \n', 'Ann.Poe+x@example.org'],
    ['ann@bücher.example', 'ann@xn--bcher-kva.example'],
    ["o'neill@mail.example.co.uk", "o'neill@mail.example.co.uk"],
  ])('with %j is one mailbox', (text, mailbox) => {
    expect(readMailbox(text)).toBe(mailbox);
  });

  it('takes none of two hundred lists, tricks and mistakes', () => {
    expect(MALFORMED.length).toBeGreaterThanOrEqual(200);
    const taken = MALFORMED.filter((text) => readMailbox(text) !== null);
    expect(taken).toEqual([]);
  });
});

describe('a slip of the fingers', () => {
  it.each([
    ['ann@homtail.com', 'homtail.com', 'hotmail.com'],
    ['ann@gmail.con', 'gmail.con', 'gmail.com'],
    ['ann@gmial.cmo', 'gmial.cmo', 'gmail.com'],
  ])('in %s is asked about', (mailbox, typed, meant) => {
    expect(slipIn(mailbox)).toEqual({ typed, meant });
  });

  it('is not seen in an address that is right, or in one that nobody knows', () => {
    for (const mailbox of ['ann@hotmail.com', 'ann@gmail.com', 'ann@homtail.example', 'ann@example.con'])
      expect(slipIn(mailbox)).toBeNull();
  });
});
