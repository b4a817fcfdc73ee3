import { createServer, type RequestListener } from 'node:http';
import { connect } from 'node:net';
import { onTestFinished } from 'vitest';

/** A proxy that leads each tunnel to the port for its host (without one it keeps silent), and the places that were asked for. */
export async function openProxy(portOf: (host: string) => number | undefined) {
  const asked: string[] = [];
  const proxy = createServer();
  proxy.on('connect', (incoming, socket) => {
    const place = incoming.url ?? '';
    asked.push(`${place} ${incoming.headers['proxy-authorization'] ?? ''}`.trim());
    const port = portOf(place.replace(/:\d+$/, ''));
    if (port === undefined) return;
    const upstream = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    for (const end of [upstream, socket]) end.on('error', () => {});
  });
  return { asked, port: await listen(proxy) };
}

/** A server on loopback that lives as long as the test. */
export function openServer(answer: RequestListener): Promise<number> {
  return listen(createServer(answer));
}

async function listen(server: ReturnType<typeof createServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
