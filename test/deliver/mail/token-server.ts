// A service that gives out tokens as Microsoft's and Google's do (RFC 6749, 6): what it was asked, and what it answers next.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface TokenServer {
  url: string;
  /** What was posted, in order. */
  asked: Record<string, string>[];
  /** The token given out last. */
  given(): string;
  /** Answers to the next requests, before all others are granted; null breaks the connection. */
  answers: ({ status: number; body: string } | null)[];
  /** Gives a new refresh token each time, and takes no old one. */
  rotating: boolean;
  close(): Promise<void>;
}

export const CLIENT = { clientId: 'keepsake-client', clientSecret: 'secret-of-the-client' };
export const REFRESH = 'refresh-0';

export async function startTokenServer(): Promise<TokenServer> {
  const asked: Record<string, string>[] = [];
  const answers: TokenServer['answers'] = [];
  let [given, refresh, turn] = ['', REFRESH, 0];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const form = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
    asked.push(form);
    const next = answers.shift();
    if (next === null) return void response.destroy();
    const isRight =
      request.method === 'POST' &&
      form.grant_type === 'refresh_token' &&
      form.client_id === CLIENT.clientId &&
      form.client_secret === CLIENT.clientSecret &&
      form.refresh_token === refresh;
    const answer = next ?? (isRight ? granted() : { status: 400, body: '{"error":"invalid_grant"}' });
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
  });

  function granted() {
    turn++;
    given = `token-${turn}`;
    if (!made.rotating) return { status: 200, body: JSON.stringify({ access_token: given, expires_in: 3600 }) };
    refresh = `refresh-${turn}`;
    return { status: 200, body: JSON.stringify({ access_token: given, expires_in: 3600, refresh_token: refresh }) };
  }

  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', () => listening()));
  const made: TokenServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`,
    asked,
    given: () => given,
    answers,
    rotating: false,
    close: () => new Promise((closed) => server.close(() => closed())),
  };
  return made;
}
