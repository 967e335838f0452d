import type { IncomingMessage, ServerResponse } from 'node:http';

/** How long the rest of a refused body is read and dropped. */
const LINGER_MS = 1_000;

/**
 * Refuses a body that is too large: at once when it says so, and by cutting it off when it turns out to be.
 * @returns whether the request may go on
 */
export function bodyLimit(request: IncomingMessage, response: ServerResponse, limit: number): boolean {
  const refuse = () => {
    const text = JSON.stringify({
      errors: [{ message: `The body has more than ${limit} bytes.`, extensions: { code: 'BODY_TOO_LARGE' } }],
    });
    if (!response.headersSent)
      response.writeHead(413, { 'content-type': 'application/json', connection: 'close' }).end(text);
  };
  if (Number(request.headers['content-length'] ?? 0) > limit) {
    // A connection that is closed over bytes nobody read is reset, and the client would lose the answer.
    const close = () => {
      clearTimeout(late);
      refuse();
    };
    const late = setTimeout(close, LINGER_MS);
    request.once('end', close).once('close', close).resume();
    return false;
  }
  if (request.headers['content-length'] === undefined && request.method === 'POST') {
    let size = 0;
    const push = request.push.bind(request);
    request.push = (chunk: Buffer | null, encoding?: BufferEncoding) => {
      size += chunk?.length ?? 0;
      if (size > limit) {
        refuse();
        request.destroy();
        return false;
      }
      return push(chunk, encoding);
    };
  }
  return true;
}
