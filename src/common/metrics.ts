import { Injectable } from '@nestjs/common';
import { Registry } from 'prom-client';

type Read = () => Promise<void>;

/** What a process tells of itself and of the shop, in Prometheus' text format. Whoever has something to tell makes its metrics in `registry`. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  readonly #reads: Read[] = [];

  /** Has `read` set its metrics each time that somebody asks. */
  readAtScrape(read: Read): void {
    this.#reads.push(read);
  }

  /**
   * Everything as it is now.
   *
   * @throws whatever a read throws: figures that could not be read are not told, so that nobody takes old ones for new
   */
  async text(): Promise<string> {
    await Promise.all(this.#reads.map((read) => read()));
    return this.registry.metrics();
  }
}
