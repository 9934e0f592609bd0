// What a practice was given to sign in without its password in, tokens for its mail server out: one for all connections.
import { z } from 'zod';

export interface OAuth {
  clientId: string;
  /** Some services give none to programs that run on a person's own machine. */
  clientSecret: string | null;
  refreshToken: string;
  /** Where tokens are asked for: beside the mail server the only address that is called. */
  tokenUrl: string;
}

/** Its words may quote an account. */
export class TokenError extends Error {
  readonly code: 'TOKEN_REFUSED' | 'TOKEN_UNREACHED';
  constructor(code: TokenError['code']) {
    super('No token.');
    this.name = 'TokenError';
    this.code = code;
  }
}

export interface Token {
  text: string;
  /** Milliseconds since 1970. */
  expires: number;
}

/** Throws TokenError. `anew`: the mail server did not take the last one. */
export type GetToken = (anew: boolean) => Promise<Token>;

/** RFC 6749, 5.1. */
const answerSchema = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive().catch(300),
  refresh_token: z.string().min(1).optional(),
});

/** Of what is left to run when it is handed on. */
const MARGIN_MS = 60_000;

/** `renewed` gets the refresh token that takes the place of the one there was: some services give a new one each time. */
export function openTokens(
  oauth: OAuth,
  waitMs: number,
  renewed: (refreshToken: string) => Promise<void> = async () => undefined,
): GetToken {
  let { refreshToken } = oauth;
  let last: Token | undefined;
  let asking: Promise<Token> | null = null;

  async function ask(): Promise<Token> {
    const { access_token, expires_in, refresh_token } = await asked({ ...oauth, refreshToken }, waitMs);
    last = { text: access_token, expires: Date.now() + expires_in * 1000 - Math.min(MARGIN_MS, expires_in * 500) };
    if (refresh_token !== undefined && refresh_token !== refreshToken) {
      refreshToken = refresh_token;
      await renewed(refresh_token);
    }
    return last;
  }

  return async (anew) => {
    if (!anew && last !== undefined && last.expires > Date.now()) return last;
    asking ??= ask().finally(() => {
      asking = null;
    });
    return asking;
  };
}

/** RFC 6749, 6. */
async function asked({ clientId, clientSecret, refreshToken, tokenUrl }: OAuth, waitMs: number) {
  const secret = clientSecret === null ? {} : { client_secret: clientSecret };
  const body = new URLSearchParams({
    grant_type: 'refresh_token',
    client_id: clientId,
    refresh_token: refreshToken,
    ...secret,
  });
  let response: Response;
  let text: string;
  try {
    response = await fetch(tokenUrl, { method: 'POST', body, redirect: 'error', signal: AbortSignal.timeout(waitMs) });
    text = await response.text();
  } catch {
    throw new TokenError('TOKEN_UNREACHED');
  }
  // 408 and 429 say “not now”; any other 4xx that what we sent is wrong (RFC 6749, 5.2).
  const isNo = response.status >= 400 && response.status < 500 && response.status !== 408 && response.status !== 429;
  if (isNo) throw new TokenError('TOKEN_REFUSED');
  const read = response.ok ? answerSchema.safeParse(parsed(text)) : null;
  if (read === null || !read.success) throw new TokenError('TOKEN_UNREACHED');
  return read.data;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
