import type { LoggerService } from '@nestjs/common';

const KEPT_MAX = 12;

/** Keeps the last that the server said of what goes wrong, to be shown if a run fails: much of it is what a run has ordered. */
export class Log implements LoggerService {
  #said: string[] = [];

  get said(): readonly string[] {
    return this.#said;
  }

  forget(): void {
    this.#said = [];
  }

  log(): void {
    // That all goes well is seen anyway.
  }

  warn(message: unknown): void {
    this.#keep(message);
  }

  error(message: unknown): void {
    this.#keep(message);
  }

  #keep(message: unknown): void {
    this.#said = [...this.#said, String(message)].slice(-KEPT_MAX);
  }
}
