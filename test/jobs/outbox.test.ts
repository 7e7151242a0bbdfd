import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Injectable, Module } from '@nestjs/common';
import { DiscoveryModule, NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { type ArgsOf, defineFact, defineJob, Handles, type Outcome } from '#jobs';
import { Handlers } from '../../src/jobs/handlers.js';
import { type Worker, Workshop } from './workshop.js';

const writeNote = defineJob<{ text: string }>('test.writeNote');
const parcelArrived = defineFact<{ parcel: string }>('test.parcelArrived');
const nobodyCares = defineFact<{ what: string }>('test.nobodyCares');

@Injectable()
class Clerk {
  constructor(private readonly source: DataSource) {}

  @Handles(writeNote)
  async write({ text }: ArgsOf<typeof writeNote>): Promise<Outcome> {
    await this.source.query('INSERT INTO note (text) VALUES (?)', [text]);
    return 'done';
  }

  @Handles(parcelArrived)
  unpack({ parcel }: ArgsOf<typeof parcelArrived>): Promise<Outcome> {
    return this.write({ text: `unpacked ${parcel}` });
  }
}

@Injectable()
class Bookkeeper {
  constructor(private readonly source: DataSource) {}

  @Handles(parcelArrived)
  async book({ parcel }: ArgsOf<typeof parcelArrived>): Promise<Outcome> {
    await this.source.query('INSERT INTO note (text) VALUES (?)', [`booked ${parcel}`]);
    return 'done';
  }
}

let workshop: Workshop;
let worker: Worker;

beforeAll(async () => {
  workshop = await Workshop.open();
  worker = await workshop.hire([Clerk, Bookkeeper]);
});
afterAll(async () => {
  await workshop.close();
});
afterEach(async () => {
  await workshop.clear();
});

describe('a job', () => {
  it('commits with the transaction that causes it, and is done once', async () => {
    await workshop.source.transaction((db) => worker.jobs.enqueue(db, writeNote, { text: '你好 🍎' }));
    await worker.runner.drain();
    await worker.runner.drain();
    expect(await workshop.notes()).toEqual(['你好 🍎']);
    expect(await workshop.rows()).toMatchObject([{ status: 'DONE', attempt: 1, reason: null, run_at: null }]);
  });

  it('vanishes with its transaction', async () => {
    const attempt = workshop.source.transaction(async (db) => {
      await worker.jobs.enqueue(db, writeNote, { text: 'never' });
      await worker.jobs.publish(db, parcelArrived, { parcel: 'never' });
      throw new Error('changed my mind');
    });
    await expect(attempt).rejects.toThrow('changed my mind');
    expect(await workshop.rows()).toEqual([]);
  });

  it('is invisible to workers until its transaction commits', async () => {
    await workshop.source.transaction(async (db) => {
      await worker.jobs.enqueue(db, writeNote, { text: 'not yet' });
      expect(await worker.queue.claim(20)).toEqual([]);
    });
    expect(await worker.queue.claim(20)).toHaveLength(1);
  });

  it('may be one of many of a kind', async () => {
    const texts = ['a', 'b', 'c'];
    await worker.jobs.enqueue(
      workshop.source.manager,
      writeNote,
      texts.map((text) => ({ text })),
    );
    await worker.runner.drain();
    expect((await workshop.notes()).toSorted()).toEqual(texts);
  });

  it('for nobody is no row at all', async () => {
    await worker.jobs.enqueue(workshop.source.manager, writeNote, []);
    expect(await workshop.rows()).toEqual([]);
  });

  it('for later waits for its time', async () => {
    const runAt = new Date(Date.now() + 3_600_000);
    await worker.jobs.enqueue(workshop.source.manager, writeNote, { text: 'later' }, { runAt });
    await worker.runner.drain();
    expect(await workshop.notes()).toEqual([]);
    expect(await workshop.rows()).toMatchObject([{ status: 'READY', run_at: runAt }]);

    await workshop.passTime();
    await worker.runner.drain();
    expect(await workshop.notes()).toEqual(['later']);
  });
});

describe('a fact', () => {
  it('becomes one row for each consumer, and each hears of it once', async () => {
    await worker.jobs.publish(workshop.source.manager, parcelArrived, { parcel: 'p1' });
    expect((await workshop.rows()).map(({ name }) => name).toSorted()).toEqual([
      'test.parcelArrived>Bookkeeper.book',
      'test.parcelArrived>Clerk.unpack',
    ]);
    await worker.runner.drain();
    expect((await workshop.notes()).toSorted()).toEqual(['booked p1', 'unpacked p1']);
  });

  it('published many at once reaches every consumer for each', async () => {
    await worker.jobs.publish(workshop.source.manager, parcelArrived, [{ parcel: 'p1' }, { parcel: 'p2' }]);
    await worker.runner.drain();
    expect((await workshop.notes()).toSorted()).toEqual(['booked p1', 'booked p2', 'unpacked p1', 'unpacked p2']);
  });

  it('that nobody consumes leaves nothing behind', async () => {
    await worker.jobs.publish(workshop.source.manager, nobodyCares, { what: 'rain' });
    expect(await workshop.rows()).toEqual([]);
  });
});

it('a job with two handlers stops the process at start', async () => {
  @Injectable()
  class Rival {
    @Handles(writeNote)
    write(): Promise<Outcome> {
      return Promise.resolve('done');
    }
  }
  @Injectable()
  class OtherRival extends Rival {}

  @Module({ imports: [DiscoveryModule], providers: [Handlers, Rival, OtherRival] })
  class TooManyHands {}

  const start = NestFactory.createApplicationContext(TooManyHands, { logger: false, abortOnError: false });
  await expect(start).rejects.toThrow('two handlers for test.writeNote');
});
