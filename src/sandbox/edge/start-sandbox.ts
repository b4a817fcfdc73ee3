import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeSandbox, type SandboxOptions, type WireRequest } from '../sandbox.ts';

export interface StartOptions extends SandboxOptions {
  /** 0: any free port. */
  readonly port?: number;
  /** Resolves once what has changed so far is kept; an answer waits for it. */
  readonly saved?: () => Promise<void>;
  /** Called where a request could not be served for a reason of this machine; its connection is ended. */
  readonly onFailure?: (error: unknown) => void;
}

export interface RunningSandbox {
  readonly url: string;
  /** Ends every connection. */
  close(): Promise<void>;
}

/** Only this machine is let in. */
const host = '127.0.0.1';

/** Serves the API on loopback. Rejects where the port cannot be had. */
export async function startSandbox({ port = 0, saved, onFailure, ...options }: StartOptions): Promise<RunningSandbox> {
  const sandbox = makeSandbox(options);
  // 200 tag keys of 128 characters stand in a query.
  const server = createServer({ maxHeaderSize: 131_072 }, (incoming, outgoing) => {
    serve(incoming, outgoing).catch((error) => {
      outgoing.destroy();
      // A client that went away is none of the sandbox's failures.
      if (!incoming.destroyed || incoming.complete) onFailure?.(error);
    });
  });
  // A connection that ends while its client waits for something to settle would look like a fault.
  server.keepAliveTimeout = 60_000;

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    let reaction = sandbox.handle(await readRequest(incoming));
    while (reaction.kind === 'later') {
      await sleep(reaction.wait, undefined, { ref: false });
      reaction = reaction.resume();
    }
    await saved?.();
    if (reaction.kind === 'disconnect') {
      incoming.socket.destroy();
      return;
    }
    const { response, wait } = reaction;
    if (wait > 0) await sleep(wait, undefined, { ref: false });
    outgoing.writeHead(response.status, { 'x-amzn-requestid': randomUUID(), ...response.headers });
    outgoing.end(response.body);
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const actual = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://${host}:${actual}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readRequest(incoming: IncomingMessage): Promise<WireRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const { method = 'GET', url = '/', headers } = incoming;
  const cut = url.indexOf('?');
  return {
    method,
    path: cut < 0 ? url : url.slice(0, cut),
    query: cut < 0 ? '' : url.slice(cut + 1),
    body: Buffer.concat(chunks).toString('utf8'),
    ...(headers.authorization === undefined ? {} : { authorization: headers.authorization }),
  };
}
