import { connect as connectTcp, createServer, type Socket } from 'node:net';

/** Where the line breaks: before the server hears COMMIT, or after it has done it and before its answer comes. */
export type Break = 'BEFORE_THE_SERVER' | 'BEFORE_THE_ANSWER';

export interface CommitCutter {
  /** The database's address by way of the cutter. */
  readonly url: string;
  /** Breaks the line at the next COMMIT. */
  arm(where: Break): void;
  close(): Promise<void>;
}

const COM_QUERY = 3;

/** A line to the database that breaks at the worst moment: while a transaction commits. */
export async function cutCommits(databaseUrl: string): Promise<CommitCutter> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let armed: Break | null = null;

  const proxy = createServer((client) => {
    const server = connectTcp(Number(target.port), target.hostname);
    const cut = (): void => {
      client.destroy();
      server.destroy();
    };
    let waitsForAnswer = false;
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('error', cut).on('close', cut);
    }
    client.on('data', (packet) => {
      const where = isCommit(packet) ? armed : null;
      if (where) armed = null;
      waitsForAnswer = where === 'BEFORE_THE_ANSWER';
      if (where === 'BEFORE_THE_SERVER') cut();
      else server.write(packet);
    });
    server.on('data', (packet) => {
      if (waitsForAnswer) cut();
      else client.write(packet);
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));

  const address = proxy.address();
  if (address === null || typeof address === 'string') throw new Error('the cutter has no port');
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${address.port}`;
  return {
    url: url.toString(),
    arm: (where) => {
      armed = where;
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => {
        proxy.close(() => {
          resolve();
        });
      });
    },
  };
}

/** A packet is three bytes of length, one of sequence, and the command. */
function isCommit(packet: Buffer): boolean {
  return packet[4] === COM_QUERY && /^\s*COMMIT\s*$/i.test(packet.subarray(5).toString());
}
